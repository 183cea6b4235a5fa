/** One line of `cmd.txt`: `NAME=value … bakekit ARGS… < FILE`, or `docker … buildx ARGS…` for the plugin. */
export interface CommandLine {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Name of the file that is standard input. */
  readonly stdin?: string
}

/** Reads a command line; quotes group words and are dropped. */
export function readCommandLine(text: string): CommandLine {
  const words = splitWords(text.trim())
  const env: Record<string, string> = {}
  while (/^[A-Z_]+=/.test(words[0] ?? '')) {
    const [name = '', ...value] = (words.shift() ?? '').split('=')
    env[name] = value.join('=')
  }
  const program = words.shift()
  if (program === 'docker') env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] = 'docker'
  else if (program !== 'bakekit') throw new Error(`"${text}" calls neither bakekit nor docker`)
  const redirection = words.indexOf('<')
  if (redirection < 0) return { args: words, env }
  const [, stdin = ''] = words.splice(redirection)
  return { args: words, env, stdin }
}

function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))
}
