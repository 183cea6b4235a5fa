import { STATUS_CODES } from 'node:http'
import { CallError, Code } from '../call-error.ts'
import type { Login } from './auth-credentials.ts'

const CLIENT_ID = 'buildkit-client'
// What registries mean when they name no lifetime.
const DEFAULT_EXPIRES_S = 60
const MAX_REPLY_BYTES = 1024 * 1024

export interface TokenRequest {
  readonly realm: string
  readonly service: string
  readonly scopes: readonly string[]
}

export interface Token {
  readonly token: string
  readonly expiresInS: number
  readonly issuedAtS: number
}

type Purpose = 'oauth' | 'anonymous'

interface Tools {
  readonly now: () => number
  readonly fetch?: typeof fetch
}

/** Gets a registry token so that the password never leaves this machine (spec buildkit 5.4). */
export async function fetchToken(
  request: TokenRequest,
  login: Login,
  tools: Tools,
  signal: AbortSignal,
): Promise<Token> {
  if (login.registryToken !== undefined) return { token: login.registryToken, expiresInS: 0, issuedAtS: 0 }
  if (!URL.canParse(request.realm)) throw failed('oauth', `invalid realm "${request.realm}"`)
  if (login.password === '') return await getToken(request, undefined, 'anonymous', tools, signal)
  const reply = await postForToken(request, login, tools, signal)
  const wantsGet =
    reply.status === 404 || reply.status === 401 || (reply.status === 405 && login.username !== '')
  if (!wantsGet) return await readToken(reply, `POST request to ${request.realm}`, 'oauth', tools)
  await reply.body?.cancel()
  return await getToken(request, login, 'oauth', tools, signal)
}

async function postForToken(
  request: TokenRequest,
  login: Login,
  tools: Tools,
  signal: AbortSignal,
): Promise<Response> {
  const form = new URLSearchParams({ client_id: CLIENT_ID })
  if (request.scopes.length > 0) form.set('scope', request.scopes.join(' '))
  form.set('service', request.service)
  if (login.username === '') {
    form.set('grant_type', 'refresh_token')
    form.set('refresh_token', login.password)
  } else {
    form.set('grant_type', 'password')
    form.set('username', login.username)
    form.set('password', login.password)
  }
  return await send(request.realm, { method: 'POST', body: form, signal }, 'oauth', tools)
}

async function getToken(
  request: TokenRequest,
  login: Login | undefined,
  purpose: Purpose,
  tools: Tools,
  signal: AbortSignal,
): Promise<Token> {
  const url = new URL(request.realm)
  if (request.service !== '') url.searchParams.append('service', request.service)
  for (const scope of request.scopes) url.searchParams.append('scope', scope)
  const headers: Record<string, string> = {}
  if (login !== undefined) {
    headers['authorization'] =
      `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`
  }
  const reply = await send(url.href, { headers, signal }, purpose, tools)
  return await readToken(reply, `GET request to ${url.href}`, purpose, tools)
}

async function send(url: string, init: RequestInit, purpose: Purpose, tools: Tools): Promise<Response> {
  try {
    return await (tools.fetch ?? fetch)(url, init)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw failed(purpose, `${init.method ?? 'GET'} request to ${url}: ${cause}`)
  }
}

async function readToken(reply: Response, asked: string, purpose: Purpose, tools: Tools): Promise<Token> {
  const body = await reply.text()
  if (!reply.ok) {
    const status = `${reply.status} ${STATUS_CODES[reply.status] ?? ''}`.trim()
    throw failed(purpose, `unexpected status from ${asked}: ${status}`)
  }
  const json = body.length > MAX_REPLY_BYTES ? undefined : parse(body)
  const token = text(json?.['access_token']) || text(json?.['token'])
  if (token === '') throw failed(purpose, `the reply to ${asked} has no token`)
  const expires = json?.['expires_in']
  const issued = Date.parse(text(json?.['issued_at']))
  return {
    token,
    expiresInS: typeof expires === 'number' && expires > 0 ? Math.floor(expires) : DEFAULT_EXPIRES_S,
    issuedAtS: Math.floor((Number.isNaN(issued) ? tools.now() : issued) / 1000),
  }
}

function failed(purpose: Purpose, why: string): CallError {
  return new CallError(Code.unknown, `failed to fetch ${purpose} token: ${why}`)
}

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function text(thing: unknown): string {
  return typeof thing === 'string' ? thing : ''
}
