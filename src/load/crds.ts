import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Crd, isCrd, readCrd } from '../apimodel/convert/index.ts'
import type { Context } from '../context.ts'
import { messageOf, type Place } from '../diagnostics/index.ts'
import { decodeUtf8, placeOfBadUtf8 } from './decode.ts'
import { type LoadedDocument, parseDocuments } from './documents.ts'

/** What was found in files of CRDs. */
export interface LoadedCrds {
  /** Definitions of KubeBlocks groups. */
  readonly crds: readonly Crd[]
  /** What was left out, and why. */
  readonly skipped: readonly string[]
}

/** Largest file of CRDs that is read: all of KubeBlocks are 5 MB with their descriptions. */
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Reads CustomResourceDefinitions from a file or from the files of a folder (`.json`, `.yaml`, `.yml`, not deeper), as `kubectl get crd -o yaml` prints them
 * or as they stand in a chart. Reports `load/...` and `api/...` findings. Objects of other kinds and of other groups are skipped, and said to be.
 */
export function loadCrds(path: string, context: Context): LoadedCrds {
  const crds = new Map<string, Crd>()
  const skipped: string[] = []
  const places = new Map<string, Place>()
  const files = filesAt(path, context)
  for (const file of files) {
    const shown = context.display(file)
    const text = readText(file, shown, context)
    if (text === undefined) continue
    const { documents, findings } = parseDocuments(shown, text)
    for (const finding of findings) context.report(finding)
    const others: string[] = []
    const foreign: string[] = []
    for (const { value, locate } of documents.flatMap(itemsOf)) {
      const place = locate([])
      if (!isCrd(value)) {
        others.push(`${kindOf(value)} on line ${place.line}`)
        continue
      }
      const read = readCrd(value)
      if ('problems' in read) {
        for (const { path: at, message, hint } of read.problems)
          context.report({ code: 'api/crd', message, place: locate(at), ...(hint === undefined ? {} : { hint }) })
        continue
      }
      const { kind, group } = read.crd
      if (!/(^|\.)kubeblocks\.io$/.test(group)) {
        foreign.push(`${kind} of ${group}`)
        continue
      }
      const key = `${group}/${kind}`
      const earlier = places.get(key)
      if (earlier !== undefined) {
        const related = [{ place: earlier, message: 'first defined here' }]
        context.report({ code: 'api/duplicate', message: `${kind} of ${group} is defined twice.`, place, hint: 'keep the newer one', related })
        continue
      }
      places.set(key, place)
      crds.set(key, read.crd)
    }
    if (others.length > 0) skipped.push(`${shown}: what is no CustomResourceDefinition (${listed(others)})`)
    if (foreign.length > 0) skipped.push(`${shown}: definitions that are not part of KubeBlocks (${listed(foreign)})`)
  }
  return { crds: [...crds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, crd]) => crd), skipped }
}

/** The file itself, or the files of a folder. Links in a folder are reported, not followed. */
function filesAt(path: string, { report, display }: Context): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  const files: string[] = []
  for (const name of readdirSync(path).sort((a, b) => (a < b ? -1 : 1))) {
    const file = join(path, name)
    if (!/\.(json|ya?ml)$/.test(name)) continue
    if (lstatSync(file).isFile()) files.push(file)
    else report({ code: 'api/not-a-file', message: `${display(file)} is not a plain file.`, place: { file: display(file), line: 1, column: 1 } })
  }
  return files
}

function readText(file: string, shown: string, { report }: Context): string | undefined {
  const place = { file: shown, line: 1, column: 1 }
  try {
    const { size } = statSync(file)
    if (size > MAX_BYTES) {
      const hint = 'give the files of the CRDs one by one'
      report({ code: 'load/too-large', message: `The file has ${size} bytes; at most ${MAX_BYTES} are read.`, place, hint })
      return undefined
    }
    const bytes = readFileSync(file)
    const text = decodeUtf8(bytes)
    if (text === undefined) report({ code: 'load/encoding', ...placeOfBadUtf8(shown, bytes) })
    return text
  } catch (error) {
    report({ code: 'load/unreadable', message: `The file cannot be read: ${messageOf(error)}.`, place })
    return undefined
  }
}

/** The items of a List, as kubectl prints several objects; any other document is itself. */
function itemsOf(document: LoadedDocument): readonly LoadedDocument[] {
  const { value, locate } = document
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('items' in value)) return [document]
  if (!/List$/.test(String(value.kind)) || !Array.isArray(value.items)) return [document]
  return value.items.map((item: unknown, index) => ({ value: item, locate: (path, which) => locate(['items', index, ...path], which) }))
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return 'no object'
  return value.kind
}

/** The first of many names, and how many more there are. */
function listed(names: readonly string[]): string {
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
