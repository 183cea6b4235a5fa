import type { Builder } from '../builder/builder.ts'
import { loadNodeId } from '../builder/node-id.ts'
import { tokenSeeds } from '../buildkit/session/attachables/token-seed.ts'
import { dockerConfigDir, loadDockerConfig, proxyArgs } from '../docker/config.ts'
import { createCredentialStore } from '../docker/credentials.ts'
import { openEngine } from '../docker/open-engine.ts'
import type { Host } from '../host/host.ts'
import type { RunServices } from './run-types.ts'

/** Reads the docker config once for a run. Opens no connection. Fails as reading the config does. */
export async function openServices(builder: Builder, host: Host): Promise<RunServices> {
  const config = await loadDockerConfig(host)
  const logins = createCredentialStore(config, host)
  return {
    credentials: (key) => logins.lookup(key, host.signal),
    tokenSeed: tokenSeeds(dockerConfigDir(host), (bytes) => host.random(bytes)),
    proxies: proxyArgs(config, builder.nodes[0]?.driver.endpoint ?? ''),
    machineId: await loadNodeId(host),
    oneByOne: makeQueue(),
    engine: (context) => openEngine(context, host),
  }
}

function makeQueue(): RunServices['oneByOne'] {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
}
