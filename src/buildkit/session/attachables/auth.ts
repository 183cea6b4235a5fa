import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  Auth,
  CredentialsRequestSchema,
  CredentialsResponseSchema,
  FetchTokenRequestSchema,
  FetchTokenResponseSchema,
  GetTokenAuthorityRequestSchema,
  GetTokenAuthorityResponseSchema,
  VerifyTokenAuthorityRequestSchema,
  VerifyTokenAuthorityResponseSchema,
} from '../../gen/auth_pb.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import { CredentialCache, type ReadCredentials } from './auth-credentials.ts'
import { fetchToken, type Token } from './auth-token.ts'
import { publicKeyOf, signPayload } from './token-authority.ts'

export interface AuthOptions {
  /** Looks one registry up in the docker config. Calls come one at a time. */
  readonly credentials: ReadCredentials
  /** 16 stable random bytes of a registry host, kept beside the docker config. Absent: no token authority. */
  readonly tokenSeed?: (host: string) => Promise<Uint8Array>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Keeps tokens at the daemon: the daemon logs in itself. Default false (`BUILDKIT_NO_CLIENT_TOKEN`). */
  readonly noClientToken?: boolean
  readonly fetch?: typeof fetch
  /** Shows work as a step of the build, `[auth] …`; each name comes once. Default: nothing is shown. */
  readonly step?: ShowStep
}

/** Runs `work` and tells people how it went; returns or throws what it does. */
export type ShowStep = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Answers for the user's registry logins (spec buildkit 5.4). Share one among the targets of a run. */
export function auth(options: AuthOptions): Attachable {
  const cache = new CredentialCache(options.credentials, options.now)
  const step = showOnce(options.step)
  const authority = async (
    host: string,
    salt: Uint8Array,
  ): Promise<{ salt: Uint8Array; seed?: Uint8Array }> => {
    if (options.noClientToken === true || options.tokenSeed === undefined) {
      throw new CallError(Code.unavailable, 'client side tokens disabled')
    }
    const found = await cache.get(host)
    const known = found.password !== '' || found.registryToken !== undefined
    return known ? { salt, seed: await options.tokenSeed(host) } : { salt }
  }
  return {
    methods: [
      {
        kind: 'unary',
        path: methodPath(Auth.method.credentials),
        async handle(request) {
          const { host } = fromBinary(CredentialsRequestSchema, request)
          const found = await cache.get(host)
          if (found.password !== '') await step(`[auth] sharing credentials for ${host}`, async () => {})
          const reply = { username: found.username, secret: found.password }
          return toBinary(CredentialsResponseSchema, create(CredentialsResponseSchema, reply))
        },
      },
      {
        kind: 'unary',
        path: methodPath(Auth.method.fetchToken),
        async handle(request, call) {
          const wanted = fromBinary(FetchTokenRequestSchema, request)
          const found = await cache.get(wanted.host)
          const work = (): Promise<Token> => fetchToken(wanted, found, options, call.signal)
          const scopes = wanted.scopes.map((scope) => scope.replace(/^repository:/, '')).join(' ')
          const name = `[auth] ${scopes} token for ${wanted.host}`
          const token = await (found.password === '' ? work() : step(name, work))
          const reply = {
            token: token.token,
            expiresIn: BigInt(token.expiresInS),
            issuedAt: BigInt(token.issuedAtS),
          }
          return toBinary(FetchTokenResponseSchema, create(FetchTokenResponseSchema, reply))
        },
      },
      {
        kind: 'unary',
        path: methodPath(Auth.method.getTokenAuthority),
        async handle(request) {
          const { host, salt } = fromBinary(GetTokenAuthorityRequestSchema, request)
          const publicKey = publicKeyOf(await authority(host, salt))
          return toBinary(
            GetTokenAuthorityResponseSchema,
            create(GetTokenAuthorityResponseSchema, { publicKey }),
          )
        },
      },
      {
        kind: 'unary',
        path: methodPath(Auth.method.verifyTokenAuthority),
        async handle(request) {
          const { host, salt, payload } = fromBinary(VerifyTokenAuthorityRequestSchema, request)
          const signed = signPayload(await authority(host, salt), payload)
          return toBinary(
            VerifyTokenAuthorityResponseSchema,
            create(VerifyTokenAuthorityResponseSchema, { signed }),
          )
        },
      },
    ],
  }
}

function showOnce(show: ShowStep | undefined): ShowStep {
  const shown = new Set<string>()
  return async (name, work) => {
    if (show === undefined || shown.has(name)) return await work()
    shown.add(name)
    return await show(name, work)
  }
}
