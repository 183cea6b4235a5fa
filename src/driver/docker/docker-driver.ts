import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import type { CredentialStore } from '../../docker/credentials.ts'
import { createEngine } from '../../docker/engine.ts'
import { upgradeToH2c } from '../../docker/upgrade.ts'
import type { Feature } from '../../request/types.ts'
import type { Driver } from '../driver.ts'
import type { DriverFactory } from '../node-config.ts'

/** BuildKit inside Docker Engine (spec buildkit 1.2, 7.6, 14.1). There is nothing to boot, stop or remove. */
export const dockerDriver: DriverFactory = {
  name: 'docker',
  options: [],
  create(node, host): Driver {
    const { engine } = node
    if (engine === undefined) {
      throw new BuildFailure('driver', `docker endpoint for "${node.endpoint}" not found`, {
        code: 'NO_ENGINE',
      })
    }
    return {
      name: 'docker',
      endpoint: engine.address,
      async status(signal) {
        try {
          await createEngine(engine, NO_LOGINS, host).ping(signal)
          return 'running'
        } catch (error) {
          signal.throwIfAborted()
          if (isBuildFailure(error) && error.code === 'ENGINE_NOT_RUNNING') return 'inactive'
          return 'error'
        }
      },
      boot: nothingToBoot,
      dial: (signal) => upgradeToH2c(engine, '/grpc', {}, host, signal),
      dialSession: (headers, signal) => upgradeToH2c(engine, '/session', headers, host, signal),
      features: engineFeatures,
      async stop() {},
      async remove() {},
    }
  },
}

async function* nothingToBoot(): AsyncGenerator<never> {}

/** A ping needs none. */
const NO_LOGINS: CredentialStore = { lookup: async () => undefined }

/** Present when the engine keeps its images in containerd. */
const SNAPSHOTTER_LABEL = 'org.mobyproject.buildkit.worker.snapshotter'
const ALWAYS: readonly Feature[] = ['default-load', 'engine-store']
const WITH_CONTAINERD: readonly Feature[] = [
  'oci-exporter',
  'docker-exporter',
  'cache-export',
  'multi-platform',
  'direct-push',
  'prefer-image-digest',
]

function engineFeatures(workerLabels: Readonly<Record<string, string>>): ReadonlySet<Feature> {
  return new Set(Object.hasOwn(workerLabels, SNAPSHOTTER_LABEL) ? [...ALWAYS, ...WITH_CONTAINERD] : ALWAYS)
}
