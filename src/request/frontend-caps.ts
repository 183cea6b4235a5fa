const SUBREQUESTS = 'moby.buildkit.frontend.subrequests+forward'
const CONTEXTS = 'moby.buildkit.frontend.contexts+forward'
const GIT_QUERY = 'moby.buildkit.frontend.gitquerystring'

/** Which frontend abilities a request leans on. */
export interface FrontendNeeds {
  readonly subrequest: boolean
  readonly namedContexts: boolean
  readonly gitQuery: 'none' | 'main' | 'named'
}

/** Value of the attribute `frontend.caps`, empty when nothing special is asked (spec buildkit 7.1, 7.4). */
export function frontendCaps(needs: FrontendNeeds): string {
  const caps: string[] = []
  if (needs.subrequest) caps.push(SUBREQUESTS)
  if (needs.namedContexts) caps.push(CONTEXTS)
  if (needs.gitQuery === 'main') caps.push(GIT_QUERY)
  if (needs.gitQuery === 'named') caps.push(`${GIT_QUERY}+forward`)
  return caps.sort().join(',')
}
