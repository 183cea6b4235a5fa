import type { Duplex } from 'node:stream'
import * as grpc from '@grpc/grpc-js'
import type { Builder } from '../../src/builder/builder.ts'
import type { SolveRequest as ControlSolve, StatusRequest } from '../../src/buildkit/gen/control_pb.ts'
import type { SolveRequest as GatewaySolve, ReturnRequest } from '../../src/buildkit/gen/gateway_pb.ts'
import type { Driver } from '../../src/driver/driver.ts'
import { bufferedPair } from '../buildkit/wire/buffered-pair.ts'
import { type Call, FakeControl } from '../buildkit/wire/fake-control.ts'

/** What a test decides about the builds of a fake daemon; everything else goes well. */
export interface DaemonScript {
  /** Refuses a build before it exists. */
  readonly refuse?: (target: string) => string | undefined
  /** Answers the frontend's run; a text is its failure. Never resolves: it runs for ever. */
  readonly frontend?: (target: string, request: GatewaySolve) => Promise<string | undefined>
  /** Answers the evaluation of a result; a text is its failure. */
  readonly evaluate?: (target: string) => Promise<string | undefined>
  /** Fails the hand-over of the result. */
  readonly failReturn?: boolean
  /** Fails the build after the frontend's success. */
  readonly failExport?: (target: string) => string | undefined
  /** Status messages of a build. */
  readonly status?: (target: string) => readonly object[]
}

interface FakeBuild {
  readonly request: ControlSolve
  readonly end: (error: string | undefined) => void
}

/** A daemon that plays builds by script. Targets are told apart by the build argument NAME. */
export class FakeDaemon {
  /** What happened, in order: `frontend a`, `evaluate a`, `return a`, `refused a`. */
  readonly log: string[] = []
  readonly solves: ControlSolve[] = []
  readonly frontends = new Map<string, GatewaySolve>()
  readonly builder: Builder
  readonly #script: DaemonScript
  readonly #control: FakeControl
  readonly #builds = new Map<string, FakeBuild>()
  readonly #sessions: Duplex[] = []

  constructor(script: DaemonScript = {}) {
    this.#script = script
    this.#control = new FakeControl({
      Solve: (call, done) => this.#solve(call, done),
      Status: (call) => this.#status(call),
      Ping: (_call, done) =>
        done(null, { llbCaps: CAPS.map((id) => ({ id, enabled: true })), workers: [WORKER] }),
      Evaluate: (call, done) => void this.#evaluate((call.request as { ref: string }).ref, done),
      Return: (call, done) => this.#return(call, done),
    })
    const driver = this.#driver()
    this.builder = {
      name: 'fake',
      driver: 'remote',
      nodes: [{ name: 'fake0', driver, platforms: [] }],
      async [Symbol.asyncDispose]() {},
    }
  }

  /** The machine the daemon runs on goes away. */
  die(): void {
    this.#control.close()
    for (const end of this.#sessions) end.destroy()
  }

  /** All connections break; new ones can be made. */
  hangUp(): void {
    for (const end of [...this.#control.dialled, ...this.#sessions.splice(0)]) end.destroy()
  }

  get internalSolves(): number {
    return this.solves.filter((s) => s.internal).length
  }

  #driver(): Driver {
    return {
      name: 'remote',
      endpoint: 'fake://daemon',
      status: async () => 'running',
      boot: async function* () {},
      dial: this.#control.dial,
      dialSession: async () => {
        const [ours, theirs] = bufferedPair()
        this.#sessions.push(theirs)
        theirs.on('data', () => {})
        return ours
      },
      features: () =>
        new Set(['multi-platform', 'oci-exporter', 'cache-export', 'direct-push', 'default-load']),
      stop: async () => {},
      remove: async () => {},
    }
  }

  #solve(call: Call, done: grpc.sendUnaryData<unknown>): void {
    if (call.getPath().includes('Control')) this.#controlSolve(call.request as ControlSolve, call, done)
    else void this.#gatewaySolve(call, done)
  }

  #controlSolve(request: ControlSolve, call: Call, done: grpc.sendUnaryData<unknown>): void {
    this.solves.push(request)
    const name = nameOf(request)
    const refusal = this.#script.refuse?.(name)
    if (refusal !== undefined) {
      this.log.push(`refused ${name}`)
      done({ code: grpc.status.UNKNOWN, details: refusal })
      return
    }
    const end = (error: string | undefined): void => {
      this.#builds.delete(request.ref)
      if (error === undefined) done(null, { exporterResponse: { 'image.name': name } })
      else done({ code: grpc.status.UNKNOWN, details: error })
    }
    call.on('cancelled', () => this.#builds.delete(request.ref))
    this.#builds.set(request.ref, { request, end })
  }

  async #gatewaySolve(call: Call, done: grpc.sendUnaryData<unknown>): Promise<void> {
    const request = call.request as GatewaySolve
    const name = request.frontendOpt['build-arg:NAME'] ?? ''
    this.frontends.set(name, request)
    this.log.push(`frontend ${name}`)
    const failure = await this.#script.frontend?.(name, request)
    if (failure !== undefined) {
      done({ code: grpc.status.UNKNOWN, details: failure })
      return
    }
    done(null, {
      result: {
        result: { case: 'ref', value: { id: name, def: Buffer.from(name) } },
        metadata: { 'containerimage.config': Buffer.from(`{"of":"${name}"}`) },
      },
    })
  }

  async #evaluate(name: string, done: grpc.sendUnaryData<unknown>): Promise<void> {
    this.log.push(`evaluate ${name}`)
    const failure = await this.#script.evaluate?.(name)
    done(failure === undefined ? null : { code: grpc.status.UNKNOWN, details: failure }, {})
  }

  #return(call: Call, done: grpc.sendUnaryData<unknown>): void {
    const request = call.request as ReturnRequest
    const build = this.#builds.get(String(call.metadata.get('buildkit-controlapi-buildid')[0]))
    const name = build ? nameOf(build.request) : ''
    if (request.error) {
      this.log.push(`fail ${name}`)
      done(null, {})
      build?.end(`frontend said: ${request.error.message}`)
      return
    }
    if (this.#script.failReturn && name !== '') {
      done({ code: grpc.status.UNKNOWN, details: 'no room for results' })
      return
    }
    if (name !== '') this.log.push(`return ${name}`)
    done(null, {})
    build?.end(this.#script.failExport?.(name))
  }

  #status(call: Call): void {
    const build = this.#builds.get((call.request as StatusRequest).ref)
    if (!build) {
      call.emit('error', { code: grpc.status.NOT_FOUND, details: 'no such job' })
      return
    }
    for (const message of this.#script.status?.(nameOf(build.request)) ?? []) call.write(message)
    call.end()
  }
}

const CAPS = ['exporter.multiple', 'exporter.image.attestations']
const WORKER = { id: 'w', platforms: [{ os: 'linux', architecture: 'amd64' }] }

function nameOf(request: ControlSolve): string {
  return request.frontendAttrs['build-arg:NAME'] ?? ''
}
