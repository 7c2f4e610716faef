import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadModel } from '../../src/apimodel/index.ts'
import { modelReader } from '../../src/load/index.ts'
import { ROOT } from './workspace.ts'

/** The shared CRDs of all releases; tests that need them skip where they are not. */
export const CRDS: string = join(ROOT, '../shared/kubeblocks/crds')

/** Reads a file of the model in schemas/kubeblocks. */
export const readModel: ReadModel = modelReader(join(ROOT, 'schemas/kubeblocks'))

/** A CustomResourceDefinition as it is shared, as far as tests look at it. */
export interface SharedCrd {
  readonly spec: {
    readonly group: string
    readonly scope: string
    readonly names: { readonly kind: string; readonly plural: string }
    readonly versions: readonly {
      readonly name: string
      readonly served: boolean
      readonly storage: boolean
      readonly schema: { readonly openAPIV3Schema: Readonly<Record<string, unknown>> }
    }[]
  }
}

/** The shared CRDs of a release. */
export function sharedCrds(release: string): readonly SharedCrd[] {
  return readdirSync(join(CRDS, release)).map((file) => JSON.parse(readFileSync(join(CRDS, release, file), 'utf8')) as SharedCrd)
}
