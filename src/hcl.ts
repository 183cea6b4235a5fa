// The Bake language alone: parsing and evaluating HCL, without any Node built-in.
export type { Checked, Diagnostic } from './core/diag/diagnostic.ts'
export type { SourceFile, Span } from './core/source/source-file.ts'
export type { Evaluated, EvaluateOptions, ParsedHcl } from './library/hcl.ts'
export { evaluate, functions, parse } from './library/hcl.ts'
export type { Plain } from './library/json-value.ts'
export type { Attribute, Block, Body, BodyContent, BodySchema, Expression } from './parser/body.ts'
export type { CallWorld, FunctionSpec, ParameterSpec } from './parser/scope.ts'
