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
  if (login.password === '') return await getToken(request, undefined, tools, signal)
  const reply = await postForToken(request, login, tools, signal)
  const wantsGet =
    reply.status === 404 || reply.status === 401 || (reply.status === 405 && login.username !== '')
  if (wantsGet) {
    await reply.body?.cancel()
    return await getToken(request, login, tools, signal)
  }
  return await readToken(request, reply, tools)
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
  return await send(request, request.realm, { method: 'POST', body: form, signal }, tools)
}

async function getToken(
  request: TokenRequest,
  login: Login | undefined,
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
  return await readToken(request, await send(request, url.href, { headers, signal }, tools), tools)
}

async function send(request: TokenRequest, url: string, init: RequestInit, tools: Tools): Promise<Response> {
  try {
    return await (tools.fetch ?? fetch)(url, init)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new CallError(Code.unknown, `failed to fetch token from ${hostOf(request.realm)}: ${cause}`)
  }
}

async function readToken(request: TokenRequest, reply: Response, tools: Tools): Promise<Token> {
  const where = hostOf(request.realm)
  const body = await reply.text()
  if (!reply.ok) {
    const why = reply.statusText === '' ? String(reply.status) : `${reply.status} ${reply.statusText}`
    throw new CallError(Code.unknown, `failed to fetch token from ${where}: unexpected status: ${why}`)
  }
  const json = body.length > MAX_REPLY_BYTES ? undefined : parse(body)
  const token = text(json?.['access_token']) || text(json?.['token'])
  if (token === '')
    throw new CallError(Code.unknown, `failed to fetch token from ${where}: the reply has no token`)
  const expires = json?.['expires_in']
  const issued = Date.parse(text(json?.['issued_at']))
  return {
    token,
    expiresInS: typeof expires === 'number' && expires > 0 ? Math.floor(expires) : DEFAULT_EXPIRES_S,
    issuedAtS: Math.floor((Number.isNaN(issued) ? tools.now() : issued) / 1000),
  }
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

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an invalid address'
}
