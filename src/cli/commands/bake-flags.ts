import type { FlagRow } from '../flags.ts'

/** Flags every command takes (spec cli 1). */
export const GLOBAL_FLAGS: readonly FlagRow[] = [
  { long: 'builder', kind: 'string', value: 'NAME', doc: 'Builder to use', default: '$BUILDX_BUILDER' },
  { long: 'debug', short: 'D', kind: 'bool', doc: 'Show causes and stack traces of failures' },
  { long: 'help', short: 'h', kind: 'bool', doc: 'Show this help' },
]

/** Flags of `bake` (spec bake 7.4, spec cli 5). */
export const BAKE_FLAGS: readonly FlagRow[] = [
  {
    long: 'file',
    short: 'f',
    kind: 'array',
    value: 'FILE',
    doc: 'Definition file; - is stdin',
    common: true,
  },
  { long: 'print', kind: 'bool', doc: 'Print the plan as JSON and build nothing', common: true },
  {
    long: 'set',
    kind: 'array',
    value: 'TARGET.KEY=VALUE',
    doc: 'Override a field; += appends',
    common: true,
  },
  {
    long: 'var',
    kind: 'array',
    value: 'NAME=VALUE',
    doc: 'Set a variable; beats the environment',
    common: true,
  },
  { long: 'push', kind: 'bool', doc: 'Push the images: --set *.push=true', common: true },
  { long: 'load', kind: 'bool', doc: 'Load the images into the Engine: --set *.load=true', common: true },
  { long: 'no-cache', kind: 'bool', doc: 'Build without the cache', common: true },
  { long: 'pull', kind: 'bool', doc: 'Always look for newer base images', common: true },
  {
    long: 'progress',
    kind: 'string',
    value: 'MODE',
    doc: 'How progress is shown',
    default: 'auto',
    values: ['auto', 'plain', 'tty', 'quiet', 'rawjson'],
    common: true,
  },
  {
    long: 'allow',
    kind: 'array',
    value: 'ENTITLEMENT',
    doc: 'Grant a privilege: network.host, security.insecure, ssh, device, fs=PATH, fs.read=PATH, fs.write=PATH',
  },
  {
    long: 'call',
    kind: 'string',
    value: 'METHOD',
    doc: 'What to do',
    default: 'build',
    values: ['build', 'check', 'outline', 'targets'],
  },
  { long: 'check', kind: 'bool', doc: 'Short for --call=check' },
  {
    long: 'list',
    kind: 'string',
    value: 'TYPE',
    doc: 'List targets or variables',
    values: ['targets', 'variables'],
  },
  {
    long: 'list-targets',
    kind: 'bool',
    doc: 'Short for --list=targets',
    hidden: true,
    deprecated: 'list-targets is deprecated, use list=targets instead',
  },
  {
    long: 'list-variables',
    kind: 'bool',
    doc: 'Short for --list=variables',
    hidden: true,
    deprecated: 'list-variables is deprecated, use list=variables instead',
  },
  {
    long: 'metadata-file',
    kind: 'string',
    value: 'FILE',
    doc: 'Write digests and build records to a JSON file',
  },
  { long: 'policy', kind: 'array', value: 'CSV', doc: 'Source policy settings: disabled, strict, log-level' },
  { long: 'provenance', kind: 'string', value: 'VALUE', doc: 'Short for --set=*.attest=type=provenance' },
  { long: 'sbom', kind: 'string', value: 'VALUE', doc: 'Short for --set=*.attest=type=sbom' },
]
