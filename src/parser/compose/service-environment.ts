import { quote } from '../../core/go/quote.ts'
import { readDotenv } from './dotenv.ts'
import type { Environment } from './environment.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { refuse } from './stop.ts'

/** What a service's containers would have set: `env_file`s, and above them `environment`. */
export type ServiceEnvironment = ReadonlyMap<string, string | undefined>

/** Works out every service's environment; every env file is read, whether a build needs it or not. */
export function serviceEnvironments(
  services: readonly Service[],
  environment: Environment,
  session: Session,
): ReadonlyMap<string, ServiceEnvironment> {
  session.need(services.flatMap((service) => service.envFiles.map((file) => file.path)))
  return new Map(
    services.map((service) => [service.name, environmentOf(service, environment, session)] as const),
  )
}

function environmentOf(service: Service, environment: Environment, session: Session): ServiceEnvironment {
  if (service.environment.size === 0 && service.envFiles.length === 0) return service.environment
  const own = new Map(
    [...service.environment].map(([name, value]) => [name, value ?? environment.get(name)] as const),
  )
  if (service.envFiles.length === 0) return own
  const values = new Map<string, string>()
  for (const [name, value] of own) if (value !== undefined) values.set(name, value)
  for (const file of service.envFiles) {
    const text = session.text(file.path)
    if (text.kind === 'missing') {
      if (!file.required) continue
      const why = `env file ${file.path} not found: stat ${file.path}: no such file or directory`
      throw refuse('compose/env-file', why, {
        at: file.at,
        hints: ['create it, or write `required: false` beside its path'],
      })
    }
    if (file.format !== '' && file.format !== '.env') {
      throw refuse('compose/env-file', `unsupported env_file format ${quote(file.format)}`, {
        at: file.at,
        hints: ['leave `format` out'],
      })
    }
    if (text.kind === 'failed') {
      throw refuse(
        'compose/env-file',
        `failed to read ${file.path}: ${readMessage(file.path, text.message)}`,
        {
          at: file.at,
          hints: ['check that it is a readable file'],
        },
      )
    }
    const lookup = (name: string): string | undefined => environment.get(name) ?? own.get(name)
    const read = readDotenv(text.file.text, {
      lookup,
      unset: (name) => session.warnings.unset(name, undefined),
      out: values,
    })
    if (read.ok) continue
    throw refuse('compose/env-file', `failed to read ${file.path}: ${read.message}`, {
      at: { file: text.file.id, start: read.offset, end: read.offset },
      hints: ['mend this line'],
    })
  }
  return new Map<string, string | undefined>([...values, ...own])
}

function readMessage(path: string, message: string): string {
  return message.startsWith('EISDIR') ? `read ${path}: is a directory` : message
}
