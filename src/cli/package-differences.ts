import { visible } from '../diagnostics/index.ts'
import type { Change } from '../tree/index.ts'
import { compareTrees } from '../tree/index.ts'

/** Files by path, as trees and archives have them. */
type Files = ReadonlyMap<string, Uint8Array>

/** What distinguishes a package from the one that the descriptor gives. */
export interface Differences {
  readonly changes: readonly Change[]
  /** Unified differences of texts, of the first files and lines. */
  readonly lines: readonly string[]
}

const MAX_FILES = 10
const MAX_LINES = 40
/** Larger texts are not compared line by line, nor ones with more edits: packages are not trusted. */
const MAX_BYTES = 256 * 1024
const MAX_EDITS = 2000

/** Compares the files of a package, which may hold anything, with the ones expected. */
export async function differences(expected: Files, found: Files, shown: string): Promise<Differences> {
  const changes = compareTrees(wrap(expected), wrap(found))
  const lines: string[] = []
  for (const { path, change } of changes.slice(0, MAX_FILES)) {
    const patch = change === 'changed' ? await patchOf(path, expected.get(path), found.get(path), shown) : undefined
    lines.push(...(patch ?? [`${path} (${change})`]))
  }
  if (changes.length > MAX_FILES) lines.push(`... and ${changes.length - MAX_FILES} more files`)
  return { changes, lines: lines.map(visible) }
}

async function patchOf(
  path: string,
  expected: Uint8Array | undefined,
  found: Uint8Array | undefined,
  shown: string,
): Promise<readonly string[] | undefined> {
  const [before, after] = [textOf(expected), textOf(found)]
  if (before === undefined || after === undefined) return undefined
  const { createTwoFilesPatch } = await import('diff')
  const patch = createTwoFilesPatch(`expected/${path}`, `${shown}/${path}`, before, after, undefined, undefined, {
    maxEditLength: MAX_EDITS,
    context: 2,
  })
  if (patch === undefined) return undefined
  const lines = patch
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('====='))
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `... and ${lines.length - MAX_LINES} more lines`] : lines
}

/** The text in bytes; nothing when they are none, or too many. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length > MAX_BYTES) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function wrap(files: Files): ReadonlyMap<string, { readonly bytes: Uint8Array }> {
  return new Map([...files].map(([path, bytes]) => [path, { bytes }]))
}
