import { BuildFailure } from '../core/failure.ts'
import { dockerDriver } from './docker/docker-driver.ts'
import type { DriverName } from './driver.ts'
import type { DriverFactory } from './node-config.ts'
import { remoteDriver } from './remote/remote-driver.ts'

/** Every driver there is; a name without a factory is known but not supported. */
export const DRIVERS: Readonly<Record<DriverName, DriverFactory | undefined>> = {
  docker: dockerDriver,
  'docker-container': undefined,
  kubernetes: undefined,
  remote: remoteDriver,
  process: undefined,
}

/** The factory of a driver. Throws `BuildFailure` (`driver`) for an unknown or unsupported name. */
export function driverFactory(name: string): DriverFactory {
  if (!isDriverName(name))
    throw new BuildFailure('driver', `failed to find driver "${name}"`, { code: 'UNKNOWN_DRIVER' })
  const factory = DRIVERS[name]
  if (factory !== undefined) return factory
  throw new BuildFailure('driver', `the ${name} driver is not supported yet`, {
    code: 'UNSUPPORTED_DRIVER',
    hints: [
      'choose a builder that uses the docker or the remote driver with --builder, for instance "default"',
    ],
  })
}

function isDriverName(name: string): name is DriverName {
  return Object.hasOwn(DRIVERS, name)
}
