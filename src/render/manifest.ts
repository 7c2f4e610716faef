import type { Place } from '../diagnostics/index.ts'

/** One rendered Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string | undefined
  readonly value: unknown
  /** Path of the template below the chart. */
  readonly template: string
  /** The place of a text in the template that gave the object, or of its beginning. */
  readonly placeOf: (text?: string) => Place
}
