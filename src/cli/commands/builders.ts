import type { Command, CommandInput } from '../command.ts'
import { CREATE_FLAGS, DIAL_FLAGS, INSPECT_FLAGS, LS_FLAGS, RM_FLAGS, USE_FLAGS } from './builders-flags.ts'

type Runs = typeof import('./builders-run.ts')

/** The work is a bundle of its own: planning a definition loads none of it. */
function later(name: keyof Runs): (input: CommandInput) => Promise<number> {
  return async (input) => (await import('./builders-run.ts'))[name](input)
}

/** The commands around builders (spec cli 3, 9), in the order help shows them. */
export const BUILDER_COMMANDS: readonly Command[] = [
  {
    name: 'create',
    aliases: [],
    usage: '[OPTIONS] [CONTEXT|ENDPOINT]',
    summary: 'Record a builder, or change one',
    about:
      'Records a builder under a name, or adds, changes or takes away a node of one. The records are those of\ndocker buildx: both programs use the same builders. Prints the name.',
    flags: CREATE_FLAGS,
    examples: [
      {
        line: 'create --name far --driver remote --use tcp://buildkit:1234',
        doc: 'uses a BuildKit daemon that runs elsewhere',
      },
      {
        line: 'create --name far --append --node arm --platform linux/arm64 ssh://me@arm',
        doc: 'adds a node for another platform',
      },
      { line: 'create --name far --leave --node arm', doc: 'takes the node away again' },
    ],
    run: later('runCreate'),
  },
  {
    name: 'ls',
    aliases: [],
    usage: '[OPTIONS]',
    summary: 'List the builders',
    about: 'Lists all builders and their nodes; * stands at the one in use.',
    flags: LS_FLAGS,
    examples: [
      { line: 'ls', doc: 'shows every builder with the state of its nodes' },
      { line: 'ls --format json', doc: 'one JSON object for each builder' },
      { line: "ls --format '{{.Name}} {{.Status}}'", doc: 'one line for each builder and node' },
    ],
    run: later('runLs'),
  },
  {
    name: 'inspect',
    aliases: [],
    usage: '[OPTIONS] [NAME]',
    summary: 'Show a builder in detail',
    about: 'Shows the nodes of a builder: state, version, platforms, labels and rules of garbage collection.',
    flags: INSPECT_FLAGS,
    examples: [{ line: 'inspect --bootstrap far', doc: 'starts the builder and shows it' }],
    run: later('runInspect'),
  },
  {
    name: 'use',
    aliases: [],
    usage: '[OPTIONS] NAME',
    summary: 'Choose the builder in use',
    about:
      'Makes a builder the one that is used when no other is named, as long as the docker context stays the same.',
    flags: USE_FLAGS,
    examples: [
      { line: 'use far', doc: 'builds with "far" from now on' },
      { line: 'use default', doc: 'builds with the Engine again' },
    ],
    run: later('runUse'),
  },
  {
    name: 'rm',
    aliases: [],
    usage: '[OPTIONS] [NAME...]',
    summary: 'Remove builders',
    about: 'Removes builders and what belongs to them; without a name the one in use.',
    flags: RM_FLAGS,
    examples: [
      { line: 'rm far', doc: 'removes the builder "far"' },
      { line: 'rm --all-inactive --force', doc: 'removes all builders without a running node' },
    ],
    run: later('runRm'),
  },
  {
    name: 'stop',
    aliases: [],
    usage: '[NAME]',
    summary: 'Stop a builder',
    about: 'Stops the nodes of a builder that were started for it. A build starts them again.',
    flags: [],
    examples: [{ line: 'stop far', doc: 'stops the builder "far"' }],
    run: later('runStop'),
  },
  {
    name: 'dial-stdio',
    aliases: [],
    usage: '[OPTIONS]',
    summary: 'Connect standard input and output to BuildKit',
    about:
      'Copies bytes between standard input and output and the API of a BuildKit daemon, for programs that speak it.',
    flags: DIAL_FLAGS,
    examples: [{ line: 'dial-stdio --builder far', doc: 'is the connection to the builder "far"' }],
    run: later('runDialStdio'),
  },
]
