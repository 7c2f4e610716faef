import type { Locate } from '../diagnostics/index.ts'
import type { AddonFolder } from './folder.ts'

/** A descriptor as it was read: plain data with null-prototype maps, and the place of every value in its file. */
export interface Source {
  /** Path of the descriptor as the user would write it, with forward slashes. */
  readonly file: string
  readonly folder: AddonFolder
  readonly value: unknown
  readonly locate: Locate
}
