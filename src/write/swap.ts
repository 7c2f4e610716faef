import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'

/**
 * Replaces a folder so that on disk there is always the old or the new one, whole: the new one is written beside it,
 * the old one is renamed aside, the new one renamed in. A run that is killed in between is mended by `recover` of the next.
 */
export function replaceFolder(target: string, files: ReadonlyMap<string, { readonly bytes: Uint8Array }>): void {
  const fresh = beside(target, `new-${process.pid}`)
  const aside = beside(target, 'old')
  try {
    rmSync(fresh, { recursive: true, force: true })
    for (const [path, { bytes }] of files) {
      const file = join(fresh, ...path.split('/'))
      makeFolder(dirname(file))
      writeFileSync(file, bytes)
      chmodSync(file, 0o644)
    }
    if (existsSync(target)) renameSync(target, aside)
    renameSync(fresh, target)
    rmSync(aside, { recursive: true, force: true })
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    recover(target)
    const full = errnoOf(error) === 'ENOSPC'
    throw new Fault(`${target} cannot be written: ${full ? 'the disk is full' : messageOf(error)}.`, {
      cause: error,
      fix: 'What was there is unchanged.',
    })
  }
}

/** Mends what an interrupted run left: puts the old folder back when no new one took its place, and removes leftovers of runs that are gone. */
export function recover(target: string): void {
  const parent = dirname(target)
  if (!existsSync(parent)) return
  const aside = beside(target, 'old')
  if (existsSync(aside)) {
    if (existsSync(target)) rmSync(aside, { recursive: true, force: true })
    else renameSync(aside, target)
  }
  const leftover = `${basename(beside(target, 'new-'))}`
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(leftover)) continue
    const pid = Number(name.slice(leftover.length))
    if (!isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** Makes a folder and the ones above it, with the same mode under every umask. One by one: Node's recursive mkdir hides why it fails. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return
    throw error
  }
  chmodSync(path, 0o755)
}

function beside(target: string, what: string): string {
  return join(dirname(target), `.${basename(target)}.addonsmith-${what}`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}
