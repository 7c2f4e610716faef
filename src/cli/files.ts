import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'

/** Writes a file unless it is there and has these bytes; whether it was. */
export function store(file: string, bytes: Uint8Array): boolean {
  const unchanged = readIfThere(file)?.equals(bytes) === true
  if (!unchanged) writeWhole(file, bytes)
  return unchanged
}

/** The bytes of a file, or nothing when there is none. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw new Fault(`${file} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
}

/** Removes a file, if it is there. */
export function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    throw new Fault(`${file} cannot be removed: ${messageOf(error)}.`, { cause: error })
  }
}

/** Writes a file so that it is always old or new, whole. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const fresh = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(fresh, bytes)
    renameSync(fresh, file)
  } catch (error) {
    throw new Fault(`${file} cannot be written: ${messageOf(error)}.`, { cause: error })
  }
}
