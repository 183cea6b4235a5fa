/**
 * The form under which the Dockerfile frontend looks a named context up: an image reference without
 * the default registry, the `library/` prefix and the tag `latest`. Names that are no image reference
 * stay as they are. A suffix `::platform` is kept.
 */
export function normalizeContextName(given: string): string {
  const [name = '', platform] = splitPlatform(given)
  const familiar = name
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\/(?=[^/]+$)/, '')
    .replace(/:latest$/, '')
  return platform === undefined ? familiar : `${familiar}::${platform}`
}

function splitPlatform(given: string): readonly [string, string?] {
  const at = given.indexOf('::')
  return at < 0 ? [given] : [given.slice(0, at), given.slice(at + 2)]
}
