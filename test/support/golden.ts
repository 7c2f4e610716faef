import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'vitest'

/** Whether golden files are written anew instead of compared: `UPDATE_GOLDENS=1`. Read what changed before you commit it. */
export const UPDATE: boolean = process.env.UPDATE_GOLDENS === '1'

/** Compares a text with the golden file at `path`, or writes the file when goldens are updated. A golden that is missing fails. */
export function matchGolden(path: string, actual: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  if (UPDATE) {
    if (before === actual) return
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  if (before === undefined) throw new Error(`${path} is missing: run the test with UPDATE_GOLDENS=1, and read what it writes`)
  expect(actual, `${path} differs: if that is meant, run the test with UPDATE_GOLDENS=1`).toBe(before)
}
