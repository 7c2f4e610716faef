import type { Code, Path } from '../../diagnostics/index.ts'

/** Reports a loss at a place: what is different in this generation, and what to write instead. */
export type Lost = (code: Code, path: Path, message: string, hint?: string) => void
