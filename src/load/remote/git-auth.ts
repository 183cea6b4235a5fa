import type { SecretSource, SshAgentSource } from '../../request/types.ts'

/** Secrets that let the builder read a git host (spec bake 11.4). */
export interface GitAuth {
  /** In lower case, with the port when there is one. */
  readonly host: string
  readonly secrets: readonly { readonly id: string; readonly env: string }[]
}

type Env = Readonly<Record<string, string | undefined>>

const SECRETS = [
  { id: 'GIT_AUTH_TOKEN', env: 'BUILDX_BAKE_GIT_AUTH_TOKEN' },
  { id: 'GIT_AUTH_HEADER', env: 'BUILDX_BAKE_GIT_AUTH_HEADER' },
] as const

/**
 * The secrets that the environment holds for the host of a git definition. `url` is the definition as
 * given: the short form `github.com/…` has no scheme and gets none, as in the reference.
 */
export function gitAuth(url: string, host: string, env: Env): GitAuth | undefined {
  if (host === '' || url.startsWith('github.com/')) return undefined
  const secrets = SECRETS.flatMap(({ id, env: name }) => {
    const found = Object.keys(env).find((key) => key.toUpperCase() === name && env[key] !== undefined)
    return found === undefined ? [] : [{ id: `${id}.${host}`, env: found }]
  })
  return secrets.length === 0 ? undefined : { host: host.toLowerCase(), secrets }
}

/** Secrets in the form a session serves. */
export function gitSecrets(auth: GitAuth | undefined): readonly SecretSource[] {
  return auth?.secrets ?? []
}

/** The agent or keys for reading over ssh: BUILDX_BAKE_GIT_SSH, else the agent of SSH_AUTH_SOCK. */
export function gitSsh(env: Env): readonly SshAgentSource[] {
  const paths = (env['BUILDX_BAKE_GIT_SSH'] ?? '').split(',').filter((path) => path !== '')
  return [{ id: 'default', paths }]
}
