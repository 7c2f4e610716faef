import type { Locate, Report } from '../diagnostics/index.ts'
import type { Node } from '../gotemplate/index.ts'
import type { ResolvedAddon } from '../model/addon.ts'
import type { ChartFile } from '../model/chart.ts'
import type { Capabilities } from './clusterdefinition/capabilities.ts'

/** A KubeBlocks release, with what its API descriptions cannot say. */
export interface Release {
  /** `major.minor`. */
  readonly version: string
  readonly family: 'clusterdefinition'
  /** Operator versions the chart is for, as a semantic version range. */
  readonly range: string
  /** Longest names, in characters. */
  readonly limits: { readonly component: number; readonly configSpec: number; readonly configConstraint: number; readonly volume: number }
  readonly capabilities: Capabilities
}

/** What the parts of lowering share. */
export interface Lowering {
  readonly addon: ResolvedAddon
  readonly release: Release
  readonly locate: Locate
  readonly report: Report
}

/** What a part of lowering gives: objects, and the files they read. */
export interface Lowered {
  readonly objects: readonly Node[]
  readonly files: readonly ChartFile[]
}
