import type { GatewayResult } from '../buildkit/wire/types.ts'

/** What a subrequest answered: `result.json`, `result.txt`, `result.statuscode`, `version` (spec buildkit 7.4). */
export function callResponse(result: GatewayResult): Readonly<Record<string, string>> {
  const decoder = new TextDecoder()
  return Object.fromEntries([...result.metadata].map(([key, value]) => [key, decoder.decode(value)]))
}
