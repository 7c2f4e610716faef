import type { Addon } from './generated/addon.ts'

export {
  type Api,
  type ApiProblem,
  type ApiRule,
  type CheckMode,
  type CheckOptions,
  type Examination,
  type LoadOptions,
  loadApi,
  loadRules,
  type ProblemKind,
  type ReadModel,
  type RuleEngine,
  type Schema,
  type SchemaType,
  type Skipped,
} from './apimodel/index.ts'
export type { Context } from './context.ts'
export {
  type CatalogueEntry,
  type Code,
  catalogue,
  createSink,
  type Diagnostic,
  Fault,
  type Finding,
  type Place,
  type Report,
  type Severity,
  type Sink,
  UsageFault,
} from './diagnostics/index.ts'
export type { Addon } from './generated/addon.ts'
export { modelReader } from './load/index.ts'
export { type Archive, pack } from './pack/index.ts'
export { type CompiledAddon, type CompiledChart, compile, generate } from './pipeline.ts'
export { type Release, releases } from './targets/index.ts'
export type { FileTree, TreeFile } from './tree/index.ts'

/** Types a descriptor in TypeScript: `export default defineAddon({ ... })`. Returns it as it is. */
export function defineAddon(addon: Addon): Addon {
  return addon
}
