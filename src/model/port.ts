import type { Path } from '../diagnostics/index.ts'

/** A port of a container; its name is unique in its component. */
export interface Port {
  readonly name: string
  readonly number: number
  readonly origin: Path
}
