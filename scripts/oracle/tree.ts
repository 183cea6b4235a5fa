/** A value in a definition before it has a syntax. */
export type Item =
  /** HCL source of an expression. */
  | { readonly kind: 'expression'; readonly text: string }
  /** What is read, not evaluated: a type, a parameter name. */
  | { readonly kind: 'keyword'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Item])[] }

/** A block of a definition, or its root. */
export interface Tree {
  readonly attributes: readonly (readonly [name: string, value: Item])[]
  readonly blocks: readonly (readonly [type: string, label: string | undefined, body: Tree])[]
}

export function expression(text: string): Item {
  return { kind: 'expression', text }
}

export function keyword(text: string): Item {
  return { kind: 'keyword', text }
}

export function list(items: readonly Item[]): Item {
  return { kind: 'list', items }
}

export function object(entries: readonly (readonly [string, Item])[]): Item {
  return { kind: 'object', entries }
}

/** One item a line, so that lines can be taken away. */
export function toHcl(tree: Tree, indent = ''): string {
  const lines = tree.attributes.map(([name, value]) => `${indent}${name} = ${itemToHcl(value, indent)}\n`)
  for (const [type, label, body] of tree.blocks) {
    const header = label === undefined ? type : `${type} "${label}"`
    lines.push(`${indent}${header} {\n${toHcl(body, `${indent}  `)}${indent}}\n`)
  }
  return lines.join('')
}

function itemToHcl(item: Item, indent: string): string {
  const deeper = `${indent}  `
  switch (item.kind) {
    case 'expression':
    case 'keyword':
      return item.text
    case 'list': {
      if (item.items.length === 0) return '[]'
      const items = item.items.map((one) => {
        const text = itemToHcl(one, deeper)
        // The marker of a heredoc stands alone on its line; the comma comes on the next.
        return `${deeper}${text}${text.includes('<<') ? `\n${deeper},` : ','}\n`
      })
      return `[\n${items.join('')}${indent}]`
    }
    case 'object': {
      const entries = item.entries.map(
        ([key, value]) =>
          `${deeper}${plainKey(key) ? key : JSON.stringify(key)} = ${itemToHcl(value, deeper)}\n`,
      )
      return `{\n${entries.join('')}${indent}}`
    }
  }
}

function plainKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)
}

/** How a JSON text is laid out where there is a choice. */
export interface JsonStyle {
  /** Whether several blocks of one type are an array of objects. */
  readonly arrays: boolean
  readonly comments: boolean
}

export function toJson(tree: Tree, style: JsonStyle): string {
  return `${jsonBody(tree, style, '')}\n`
}

function jsonBody(tree: Tree, style: JsonStyle, indent: string): string {
  const deeper = `${indent}  `
  const lines = tree.attributes.map(
    ([name, value]) => `${JSON.stringify(name)}: ${itemToJson(value, deeper)}`,
  )
  if (style.comments) lines.unshift('"//": "a comment ${nope"')
  for (const type of new Set(tree.blocks.map(([one]) => one))) {
    const blocks = tree.blocks.filter(([one]) => one === type)
    lines.push(`${JSON.stringify(type)}: ${jsonBlocks(blocks, style, deeper)}`)
  }
  if (lines.length === 0) return '{}'
  return `{\n${lines.map((line) => `${deeper}${line}`).join(',\n')}\n${indent}}`
}

function jsonBlocks(blocks: Tree['blocks'], style: JsonStyle, indent: string): string {
  const deeper = `${indent}  `
  const labels = blocks.map(([, label]) => label)
  const repeated = new Set(labels).size < labels.length
  const entries = blocks.map(([, label, body]) =>
    label === undefined
      ? jsonBody(body, style, deeper)
      : `${JSON.stringify(label)}: ${jsonBody(body, style, deeper)}`,
  )
  if (labels.includes(undefined))
    return `[\n${entries.map((one) => `${deeper}${one}`).join(',\n')}\n${indent}]`
  if (style.arrays || repeated) {
    return `[\n${entries.map((one) => `${deeper}{ ${one} }`).join(',\n')}\n${indent}]`
  }
  return `{\n${entries.map((one) => `${deeper}${one}`).join(',\n')}\n${indent}}`
}

function itemToJson(item: Item, indent: string): string {
  const deeper = `${indent}  `
  switch (item.kind) {
    case 'keyword':
      return JSON.stringify(item.text)
    case 'expression':
      return expressionToJson(item.text)
    case 'list':
      if (item.items.length === 0) return '[]'
      return `[\n${item.items.map((one) => `${deeper}${itemToJson(one, deeper)}`).join(',\n')}\n${indent}]`
    case 'object':
      if (item.entries.length === 0) return '{}'
      return `{\n${item.entries.map(([key, value]) => `${deeper}${JSON.stringify(key)}: ${itemToJson(value, deeper)}`).join(',\n')}\n${indent}}`
  }
}

/** Plain values as JSON has them; a quoted template as the string it is; the rest in an interpolation. */
function expressionToJson(text: string): string {
  if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(text)) return text
  if (/^"[^"\\]*"$/.test(text)) return text
  return JSON.stringify(`$\{${text}}`)
}
