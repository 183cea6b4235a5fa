/** What a docker config holds for one registry; everything absent is "not logged in". */
export interface StoredCredentials {
  readonly username?: string
  readonly password?: string
  readonly identityToken?: string
  readonly registryToken?: string
}

/** Looks a docker config key up: a host, or `https://index.docker.io/v1/` for Docker Hub. */
export type ReadCredentials = (configKey: string) => Promise<StoredCredentials | undefined>

/** In the form the daemon understands: an identity token is a password without a username. */
export interface Login {
  readonly username: string
  readonly password: string
  readonly registryToken?: string
}

const HUB_HOST = 'registry-1.docker.io'
const HUB_KEY = 'https://index.docker.io/v1/'
// A little less than the five minutes some helpers' tokens live.
const FRESH_MS = 290_000

/** Credentials by registry host, read one at a time: several helpers hang when run in parallel. */
export class CredentialCache {
  readonly #read: ReadCredentials
  readonly #now: () => number
  readonly #entries = new Map<string, { readonly atMs: number; readonly login: Promise<Login> }>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(read: ReadCredentials, now: () => number) {
    this.#read = read
    this.#now = now
  }

  get(host: string): Promise<Login> {
    const known = this.#entries.get(host)
    if (known !== undefined && this.#now() - known.atMs < FRESH_MS) return known.login
    const login = this.#turn.then(() => this.#load(host))
    this.#turn = login.catch(() => {})
    this.#entries.set(host, { atMs: this.#now(), login })
    login.catch(() => this.#entries.delete(host))
    return login
  }

  async #load(host: string): Promise<Login> {
    const found = await this.#read(host === HUB_HOST ? HUB_KEY : host)
    const token = found?.identityToken ?? ''
    return {
      username: token === '' ? (found?.username ?? '') : '',
      password: token === '' ? (found?.password ?? '') : token,
      ...(found?.registryToken ? { registryToken: found.registryToken } : {}),
    }
  }
}
