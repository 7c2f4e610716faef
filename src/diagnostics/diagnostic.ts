import type { Code } from './code.ts'
import type { Place } from './place.ts'

export type Severity = 'error' | 'warning' | 'info'

/**
 * Something about the input that its author should know. Reported, never thrown.
 * The severity comes from the catalogue entry of the code.
 */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** One sentence: what is wrong, and why. */
  readonly message: string
  /** The objects it is about, as the message begins with them: `ConfigMap "scripts"`. What is true of several at one place is said once. */
  readonly subjects?: readonly string[]
  readonly place?: Place
  /** The KubeBlocks releases it is about; none when it is about all of them. */
  readonly kubeblocks?: readonly string[]
  /** A bound that differs between releases; where all else is equal, the smallest is kept. */
  readonly limit?: number
  /** What to write or do instead. */
  readonly hint?: string
  /** Other places that belong to the finding, for example the first of two equal names. */
  readonly related?: readonly { readonly place: Place; readonly message: string }[]
}

/**
 * What a stage hands to the report; the severity is looked up there. A message about KubeBlocks releases goes on after "In KubeBlocks 0.6 ",
 * so that what is true of several is said once.
 */
export type Finding = Omit<Diagnostic, 'severity'>

/** Takes findings. A stage reports as many as it can see and goes on. */
export type Report = (finding: Finding) => void
