import type { Host } from '../../host/host.ts'
import type { BakeDefinition } from '../../planner/definition/definition.ts'
import { listVariables, renderTargetList, renderVariableList } from '../../planner/print/render-list.ts'
import { EXIT } from '../exit.ts'
import type { BakeOptions } from './bake-options.ts'

/** `--list`: targets or variables on stdout (spec bake 10.6). */
export function showList(
  definition: BakeDefinition,
  list: NonNullable<BakeOptions['list']>,
  host: Host,
): number {
  const text =
    list.what === 'targets'
      ? renderTargetList(definition, list.format)
      : renderVariableList(listVariables(definition), list.format)
  host.stdout.write(text)
  return EXIT.ok
}
