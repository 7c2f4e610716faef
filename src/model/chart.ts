import type { Path } from '../diagnostics/index.ts'
import type { SkeletonName } from '../generated/skeletons.js'
import type { Node, Origin } from '../gotemplate/index.ts'

/** A Helm chart before it is written out. After lowering, nothing asks which KubeBlocks it is for. */
export interface Chart {
  readonly name: string
  readonly version: string
  /** KubeBlocks release it was made for, such as `0.6`. */
  readonly kubeblocks: string
  /** Fields of Chart.yaml. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly values: readonly Value[]
  /** Who reads values.schema.json: Helm, or kbcli too, which makes a flag of each of its properties (API.md 6.4). */
  readonly schemaFor: 'helm' | 'kbcli'
  readonly templates: readonly Template[]
  /** Files read with `.Files.Get`, and examples to apply. */
  readonly files: readonly ChartFile[]
  /** Whole-file skeletons with what is put into them. */
  readonly skeletons: readonly { readonly path: string; readonly skeleton: SkeletonName; readonly data: object }[]
}

/** A leaf or a group of values.yaml. */
export type Value =
  | { readonly kind: 'group'; readonly name: string; readonly description: string; readonly values: readonly Value[]; readonly isFlag?: false }
  | {
      readonly kind: 'leaf'
      readonly name: string
      readonly description: string
      readonly default: unknown
      /** JSON Schema (draft-07) of the value. */
      readonly schema: Readonly<Record<string, unknown>>
      /** False for a value that no flag of kbcli can give, such as a list. */
      readonly isFlag?: false
      readonly origin?: Path
    }

export interface Template {
  /** Path below the chart, `templates/clusterdefinition.yaml`. */
  readonly path: string
  readonly documents: readonly Node[]
}

export interface ChartFile {
  /** Path below the chart, `files/scripts/setup.sh`. */
  readonly path: string
  readonly text: string
  readonly origin: Origin
  /** Where each line comes from, when not all come from the same place. */
  readonly origins?: readonly (Origin | undefined)[]
}
