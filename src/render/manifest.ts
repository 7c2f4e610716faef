import type { Place } from '../diagnostics/index.ts'
import type { Target } from './places.ts'

/** One rendered Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string | undefined
  readonly value: unknown
  /** Path of the template below the chart. */
  readonly template: string
  /** The place of a text, or of a field of the object, in the template that gave the object; without one, of the object's beginning. */
  readonly placeOf: (target?: Target) => Place
  /** Where the rendered field stands, for a finding whose place in the template is not exact: nothing when it is. */
  readonly related: (target: Target) => readonly RelatedPlace[]
}

/** Another place that belongs to a finding. */
export interface RelatedPlace {
  readonly place: Place
  readonly message: string
}
