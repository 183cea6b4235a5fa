import type { Driver, DriverName } from '../driver/driver.ts'

/** One member of a builder. */
export interface BuilderNode {
  readonly name: string
  readonly driver: Driver
  /** Platforms the user declared for the node, normalised; mostly none. The worker's own come with its answers. */
  readonly platforms: readonly string[]
}

/** A named set of nodes that can build. Disposing it closes what it has opened. */
export interface Builder extends AsyncDisposable {
  readonly name: string
  readonly driver: DriverName
  readonly nodes: readonly BuilderNode[]
  /** In the records of this machine, and not just a docker context. */
  readonly recorded?: boolean
}
