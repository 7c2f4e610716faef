import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './fetch.ts'

/** Bytes of the least binary that Helm can be; what is smaller is a script that may run another Helm tomorrow. */
const MIN_BYTES = 1024 * 1024

/** Where versions of binaries are kept, by path, size and time of change: asking a binary costs a process. */
function cacheFile(env: Readonly<Record<string, string | undefined>>): string {
  return join(cacheFolder(env), 'helm-versions.json')
}

function keyOf(path: string): string | undefined {
  try {
    const real = realpathSync(path)
    const { size, mtimeMs } = statSync(real)
    return size < MIN_BYTES ? undefined : `${real} ${size} ${mtimeMs}`
  } catch {
    return undefined
  }
}

function readAll(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  } catch {
    return {}
  }
}

/** The version a binary told when it was asked last, unless it has changed since. */
export function cachedVersion(path: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = keyOf(path)
  const all = key === undefined ? {} : readAll(cacheFile(env))
  const version = key !== undefined && Object.hasOwn(all, key) ? all[key] : undefined
  return typeof version === 'string' && /^\d+\.\d+\.\d+/.test(version) ? version : undefined
}

/** Keeps the version of a binary. A cache that cannot be written costs a process next time, and nothing else. */
export function rememberVersion(path: string, version: string, env: Readonly<Record<string, string | undefined>>): void {
  const key = keyOf(path)
  if (key === undefined) return
  const file = cacheFile(env)
  const temporary = `${file}.${process.pid}`
  try {
    mkdirSync(cacheFolder(env), { recursive: true })
    const others = Object.entries(readAll(file)).filter(([other]) => other.split(' ')[0] !== key.split(' ')[0])
    writeFileSync(temporary, JSON.stringify(Object.fromEntries([...others.slice(-20), [key, version]])))
    renameSync(temporary, file)
  } catch {
    // Nothing is lost.
  }
}
