import { Worker } from 'node:worker_threads'
import type { Kind } from '../oracle/case.ts'
import type { Crash, WorkerStart } from './worker.ts'

/** One input may take this long; the longest of the corpus takes a few milliseconds. */
const BUDGET_MS = 2000

/** How often the watcher looks. */
const LOOK_MS = 250

/** Heap of the process that runs inputs; running out of it is a finding. */
const MAX_HEAP_MB = 512

/** Threads take a smaller stack than the main one by default; the product runs on the main one. */
const STACK_MB = 4

export interface FuzzFinding {
  readonly kind: 'crash' | 'hang' | 'memory'
  readonly index: number
  readonly what: string
}

/** Runs inputs one after another for `seconds` and tells what went wrong. */
export async function fuzz(
  plan: {
    readonly kinds: readonly Kind[]
    readonly seed: number
    readonly seconds: number
    readonly from: number
  },
  found: (finding: FuzzFinding) => void,
): Promise<number> {
  const until = Date.now() + plan.seconds * 1000
  let from = plan.from
  let inputs = 0
  while (Date.now() < until) {
    const part = await runWorker({ ...plan, from }, until, found)
    inputs += part.inputs
    from = part.next
  }
  return inputs
}

function runWorker(
  plan: { readonly kinds: readonly Kind[]; readonly seed: number; readonly from: number },
  until: number,
  found: (finding: FuzzFinding) => void,
): Promise<{ readonly inputs: number; readonly next: number }> {
  const shared = new SharedArrayBuffer(8)
  const place = new Int32Array(shared)
  const start: WorkerStart = { kinds: plan.kinds, seed: plan.seed, from: plan.from, shared }
  const worker = new Worker(new URL('start.mjs', import.meta.url), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, stackSizeMb: STACK_MB },
  })
  return new Promise((resolve) => {
    let seen = 0
    let since = Date.now()
    const end = (): void => {
      clearInterval(timer)
      void worker.terminate()
      resolve({ inputs: place[1] as number, next: (place[0] as number) + 1 })
    }
    const timer = setInterval(() => {
      const now = Date.now()
      const count = Atomics.load(place, 1)
      if (count !== seen) {
        seen = count
        since = now
      }
      if (count > 0 && now - since > BUDGET_MS + LOOK_MS) {
        found({ kind: 'hang', index: place[0] as number, what: `took more than ${BUDGET_MS} ms` })
        end()
      } else if (now >= until) end()
    }, LOOK_MS)
    worker.on('message', (crash: Crash) => found({ kind: 'crash', index: crash.index, what: crash.error }))
    worker.on('error', (error) => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const what = memory ? `needed more than ${MAX_HEAP_MB} MB` : (error.stack ?? error.message)
      found({ kind: memory ? 'memory' : 'crash', index: place[0] as number, what })
      end()
    })
  })
}
