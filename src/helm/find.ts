import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Fault } from '../diagnostics/index.ts'
import { HELM_3, HELM_4 } from './binaries.ts'
import { canFetch, fetchedPath } from './fetch.ts'

/** A Helm on this machine and who named it. */
export interface FoundHelm {
  readonly path: string
  readonly source: '--helm' | 'HELM_BIN' | 'PATH' | 'fetched copy'
}

/** How to get Helm, for messages. */
export function howToGetHelm(): string {
  const fetch = canFetch() ? 'Run "addonsmith doctor --fetch-helm", or install' : 'Install'
  return `${fetch} Helm 3.14 or later, or 4 (https://helm.sh/docs/intro/install/), and put it on PATH or name it in HELM_BIN. --no-helm builds without checking.`
}

/** Looks for Helm: `--helm`, `HELM_BIN`, PATH, the fetched copy. A Helm that was named and is not there is a fault. */
export function findHelm(named: string | undefined, env: Readonly<Record<string, string | undefined>>): FoundHelm | undefined {
  for (const [source, path] of [
    ['--helm', named],
    ['HELM_BIN', env.HELM_BIN],
  ] as const) {
    if (path === undefined || path === '') continue
    if (!isExecutable(path)) throw new Fault(`${source} names ${path}, which is not an executable file.`, { fix: howToGetHelm() })
    return { path, source }
  }
  const names = process.platform === 'win32' ? ['helm.exe'] : ['helm']
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (folder !== '' && isExecutable(join(folder, name))) return { path: join(folder, name), source: 'PATH' }
  }
  for (const helm of [HELM_4, HELM_3]) {
    const path = fetchedPath(helm, env)
    if (existsSync(path)) return { path, source: 'fetched copy' }
  }
  return undefined
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
