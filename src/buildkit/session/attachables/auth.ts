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
import { fetchToken } from './auth-token.ts'
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
}

/** Answers for the user's registry logins (spec buildkit 5.4). Share one among the targets of a run. */
export function auth(options: AuthOptions): Attachable {
  const cache = new CredentialCache(options.credentials, options.now)
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
          const found = await cache.get(fromBinary(CredentialsRequestSchema, request).host)
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
          const token = await fetchToken(wanted, found, options, call.signal)
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
