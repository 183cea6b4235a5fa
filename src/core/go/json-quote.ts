const SAFE_STRING = /^[\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x5b\x5d-\x7f]*$/
const UNSAFE =
  /["\\<>&\x00-\x1f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A JSON string as Go writes it: `<`, `>`, `&`, U+2028 and U+2029 are escaped (spec bake 10.1). */
export function quoteJson(text: string): string {
  return SAFE_STRING.test(text) ? `"${text}"` : `"${text.replace(UNSAFE, escapeJson)}"`
}

function escapeJson(char: string): string {
  const short = SHORT[char]
  if (short !== undefined) return short
  const unit = char.charCodeAt(0)
  return unit >= 0xd800 && unit <= 0xdfff ? '\\ufffd' : `\\u${unit.toString(16).padStart(4, '0')}`
}
