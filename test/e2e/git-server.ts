import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { writeTree } from '../harness/temp.ts'

const GIT_ENV = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}

/** A web server on the loopback interface. */
export interface GitServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  close(): Promise<void>
}

/** Commits files on a branch of the repository in `dir`, which is made when it is new. */
export function commit(dir: string, branch: string, files: Readonly<Record<string, string>>): void {
  writeTree(dir, files)
  git(dir, 'init', '--quiet')
  git(dir, 'checkout', '--quiet', '-B', branch)
  git(dir, 'add', '--all')
  git(dir, 'commit', '--quiet', '--message', branch)
}

/** Runs git apart from the user's settings. */
export function git(dir: string, ...args: readonly string[]): void {
  const run = spawnSync('git', args, { cwd: dir, env: GIT_ENV, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`)
}

/**
 * Serves the files of `root` and, below `*.git/`, its bare repositories. Paths that start with `/private/`
 * are the same ones behind a login with `token`.
 */
export async function serveGit(root: string, token: string): Promise<GitServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const isPrivate = path.startsWith('/private/')
    const login = Buffer.from(`x-access-token:${token}`).toString('base64')
    if (isPrivate && request.headers.authorization?.replace(/^basic /i, '') !== login) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end()
      return
    }
    const open = isPrivate ? path.slice('/private'.length) : path
    if (open.includes('.git/')) answerGit(root, open, request, response)
    else void answerFile(join(root, open), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answerFile(path: string, response: ServerResponse): Promise<void> {
  try {
    response.end(await readFile(path))
  } catch {
    response.writeHead(404).end()
  }
}

/** Runs git's own CGI program and copies its answer. */
function answerGit(root: string, path: string, request: IncomingMessage, response: ServerResponse): void {
  const cgi = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENV,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: (request.url ?? '').split('?')[1] ?? '',
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      // The owner of a temporary directory may be another user than the one who runs the tests.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  })
  request.pipe(cgi.stdin)
  const chunks: Buffer[] = []
  cgi.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  cgi.on('close', () => {
    const answer = Buffer.concat(chunks)
    const split = answer.indexOf('\r\n\r\n')
    const headers = new Map(
      answer
        .subarray(0, split)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ', 2) as [string, string]),
    )
    const status = Number.parseInt(headers.get('Status') ?? '200', 10)
    headers.delete('Status')
    response.writeHead(status, Object.fromEntries(headers)).end(answer.subarray(split + 4))
  })
}
