import { quote } from '../../core/go/quote.ts'
import type { BuildSection } from './build-section.ts'
import type { Records, Service } from './service.ts'
import { refuse, type Stop } from './stop.ts'

const INVALID = 'invalid compose project'

/** What has to hold between the parts of a whole project (compose-go loader/validate.go). */
export function checkConsistency(records: Records): void {
  const services = new Map(records.services.map((service) => [service.name, service] as const))
  for (const service of records.services) {
    const { name, build } = service
    if (build === undefined && service.image === '') {
      throw inconsistent(
        service,
        `service ${quote(name)} has neither an image nor a build context specified: ${INVALID}`,
        'add `build` or `image`',
      )
    }
    if (build !== undefined) checkBuild(service, build, services, records)
  }
  for (const [name, secret] of records.secrets) {
    if (secret.external || secret.file !== '' || secret.environment !== '') continue
    const why = `secret ${quote(name)} must declare either \`file\` or \`environment\`: ${INVALID}`
    throw refuse('compose/inconsistent', why, {
      at: secret.at,
      hints: ['add `file` or `environment`'],
    })
  }
}

function checkBuild(
  service: Service,
  build: BuildSection,
  services: ReadonlyMap<string, Service>,
  records: Records,
): void {
  const name = quote(service.name)
  if (build.dockerfile !== '' && build.dockerfileInline !== '') {
    throw inconsistent(
      service,
      `service ${name} declares mutualy exclusive dockerfile and dockerfile_inline: ${INVALID}`,
      'keep one of the two',
    )
  }
  for (const [context, value] of build.additionalContexts) {
    if (!value.startsWith('service:')) continue
    const other = value.slice('service:'.length)
    const found = services.get(other)
    if (found === undefined) {
      throw inconsistent(
        service,
        `service ${name} declares unknown service ${quote(other)} as additional contexts ${context}`,
        'name a service of this project',
      )
    }
    if (found.build === undefined) {
      throw inconsistent(
        service,
        `service ${name} declares non-buildable service ${quote(other)} as additional contexts ${context}`,
        `give ${other} a build section`,
      )
    }
  }
  for (const { source, at } of build.secrets) {
    if (records.secrets.has(source)) continue
    const why = `service ${name} refers to undefined build secret ${source}: ${INVALID}`
    throw refuse('compose/inconsistent', why, {
      at,
      hints: [`define ${source} below the top-level \`secrets\``],
    })
  }
}

function inconsistent(service: Service, why: string, hint: string): Stop {
  return refuse('compose/inconsistent', why, { at: service.nameSpan, hints: [hint] })
}
