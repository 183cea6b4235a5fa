// The library: reading, planning and building Bake definitions.
export type { Checked, Code, Diagnostic } from './core/diag/diagnostic.ts'
export { renderDiagnostic } from './core/diag/render-text.ts'
export type { BuildEvent, StatusUpdate, Vertex } from './core/event/event.ts'
export { BuildFailure, isBuildFailure } from './core/failure.ts'
export type { SourceFile, Span } from './core/source/source-file.ts'
export type { BakeOptions, BakeResult } from './library/bake.ts'
export { bake } from './library/bake.ts'
export type { LoadedDefinition, LoadOptions, PlanOptions } from './library/definition.ts'
export { loadDefinition, plan, printPlan } from './library/definition.ts'
export type {
  AttestEntry,
  CacheEntry,
  OutputEntry,
  Plan,
  PlannedGroup,
  ResolvedTarget,
  SecretEntry,
  SshEntry,
  TargetFields,
} from './planner/plan.ts'
