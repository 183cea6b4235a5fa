import { parentPort, workerData } from 'node:worker_threads'
import type { Kind } from '../oracle/case.ts'
import { runOurs } from '../oracle/ours.ts'
import { fuzzInput, readSeeds } from './inputs.ts'

/** What the watcher gives a worker. */
export interface WorkerStart {
  readonly kinds: readonly Kind[]
  readonly seed: number
  readonly from: number
  /** [0] is the input being run, [1] grows by one with every input. */
  readonly shared: SharedArrayBuffer
}

/** A defect that ended one input, not the worker. */
export interface Crash {
  readonly index: number
  readonly error: string
}

const start = workerData as WorkerStart
const place = new Int32Array(start.shared)
const seeds = readSeeds()

for (let index = start.from; ; index++) {
  place[0] = index
  Atomics.add(place, 1, 1)
  const kind = start.kinds[index % start.kinds.length] as Kind
  const outcome = await runOurs(fuzzInput(kind, start.seed, index, seeds))
  if (outcome.error.startsWith('exit ')) {
    const crash: Crash = { index, error: outcome.error }
    parentPort?.postMessage(crash)
  }
  // Lets messages out and the watcher's end in.
  if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
}
