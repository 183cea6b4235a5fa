import type { FileSink } from '../buildkit/session/attachables/file-send.ts'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import type { BuildRequest, ExporterRequest, Sink } from '../request/types.ts'
import { probeDirectory, probeFile } from './destination.ts'
import { loadIntoEngine } from './engine-load.ts'
import { echoedOutputFailure, ownOutputFailure } from './output-failure.ts'
import type { RunContext } from './run-types.ts'
import { StagedDir } from './staged-dir.ts'

/** Where the outputs of one request arrive, and what is done at the end. */
export interface RequestSinks {
  /** By exporter index. */
  readonly byIndex: ReadonlyMap<number, FileSink>
  /** Takes note of why an output could not be written. */
  failed(index: number, error: unknown): void
  /** Our own failure behind what the daemon reports, when there is one: it says more. */
  explain(error: unknown): BuildFailure | undefined
  commit(): Promise<void>
  /** Removes what arrived and forgets failures; outputs may arrive again. */
  discard(): Promise<void>
}

/** Prepares the sinks of a request and refuses destinations that cannot work. */
export async function openSinks(request: BuildRequest, run: RunContext): Promise<RequestSinks> {
  const byIndex = new Map<number, FileSink>()
  const staged: StagedDir[] = []
  let failure: BuildFailure | undefined
  const note = (error: unknown): void => {
    if (isBuildFailure(error)) failure ??= error
  }
  for (const [index, exporter] of request.exporters.entries()) {
    const sink = exporter.sink
    if (!sink) continue
    if (sink.kind === 'dir') {
      const dir = new StagedDir(sink.path, sink.mode ?? 'copy', randomName(run))
      await dir.check()
      staged.push(dir)
      byIndex.set(index, { kind: 'dir', path: dir.path, mode: sink.mode ?? 'copy' })
    } else {
      if (sink.kind === 'file') await probeFile(sink.path)
      if (sink.kind === 'layout') await probeDirectory(sink.path)
      const made = byteSink(exporter, sink, request, run, note)
      if (made) byIndex.set(index, made)
    }
  }
  return {
    byIndex,
    failed: (index, error) => {
      const sink = request.exporters[index]?.sink
      const path = sink?.kind === 'dir' || sink?.kind === 'file' ? sink.path : undefined
      note(path === undefined ? error : (ownOutputFailure(path, error) ?? error))
    },
    explain: (error) => failure ?? echoOf(request, error),
    commit: async () => {
      for (const dir of staged) await dir.commit()
    },
    discard: async () => {
      failure = undefined
      for (const dir of staged) await dir.discard()
    },
  }
}

function echoOf(request: BuildRequest, error: unknown): BuildFailure | undefined {
  if (!(error instanceof Error)) return undefined
  for (const { sink } of request.exporters) {
    if (sink?.kind !== 'dir' && sink?.kind !== 'file') continue
    const found = echoedOutputFailure(sink.path, error.message, error)
    if (found) return found
  }
  return undefined
}

function byteSink(
  exporter: ExporterRequest,
  sink: Exclude<Sink, { kind: 'dir' }>,
  request: BuildRequest,
  run: RunContext,
  note: (error: unknown) => void,
): FileSink | undefined {
  switch (sink.kind) {
    case 'stdout':
      if (run.host.stdout.isTTY) {
        throw new BuildFailure(
          'io',
          `dest file is required for ${exporter.type} exporter. refusing to write to console`,
          {
            code: 'STDOUT_IS_TERMINAL',
            hints: [`Give the output of "${request.target}" a dest, or redirect standard output.`],
          },
        )
      }
      return { kind: 'stdout', stream: run.host.stdout }
    case 'file':
      return { kind: 'file', path: sink.path }
    case 'load':
      return {
        kind: 'consume',
        consume: async (bytes, _metadata, signal) => {
          try {
            await loadIntoEngine(bytes, sink.context, request.target, run, signal)
          } catch (error) {
            note(error)
            throw error
          }
        },
      }
    case 'layout':
      return undefined
  }
}

function randomName(run: RunContext): string {
  return Buffer.from(run.host.random(4)).toString('hex')
}
