import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { describe, expect, test } from 'vitest'
import type { CompiledChart } from '../../src/pipeline.ts'
import { sha256 } from '../../src/tree/index.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { matchGolden } from '../support/golden.ts'
import { ROOT } from '../support/workspace.ts'

/** The charts of an addon: what they are called, where they are, what the folder of their goldens adds to the name. */
const KINDS: readonly (readonly [name: string, kind: 'chart' | 'cluster', folder: string])[] = [
  ['chart', 'chart', ''],
  ['chart of clusters', 'cluster', '-cluster'],
]

/** Charts that stand in full. */
const FULL: readonly (readonly [addon: string, release: string])[] = [
  ['qdrant', '0.6'],
  ['qdrant', '1.1'],
  ['everything', '0.8'],
  ['everything', '1.1'],
]

/** Charts that stand as what differs from those of another release. */
const DIFFERENT: readonly (readonly [addon: string, release: string, from: string])[] = [
  ['qdrant', '0.5', '0.6'],
  ['qdrant', '0.7', '0.6'],
  ['qdrant', '0.8', '0.7'],
  ['qdrant', '0.9', '1.0'],
  ['qdrant', '1.0', '1.1'],
  ['qdrant', '1.2-alpha', '1.1'],
]

describe.each(KINDS)('the %s', (_, kind, folder) => {
  test.each(FULL)('of %s for KubeBlocks %s', async (addon, release) => {
    matchGolden(join(ROOT, 'test/golden', addon + folder, `${release}.txt`), textOf(await chartOf(kind, addon, release)))
  })

  test.each(DIFFERENT)('of %s for KubeBlocks %s, as it differs from %s', async (addon, release, from) => {
    const [before, after] = [textOf(await chartOf(kind, addon, from)), textOf(await chartOf(kind, addon, release))]
    const patch = createTwoFilesPatch(from, release, sameName(before, from, release), after, '', '', { context: 1 })
    matchGolden(join(ROOT, 'test/golden', addon + folder, `${from}-to-${release}.diff`), patch)
  })
})

test('every release of Qdrant has a golden', () => {
  const covered = [...FULL.filter(([addon]) => addon === 'qdrant').map(([, release]) => release), ...DIFFERENT.map(([, release]) => release)]
  expect(covered.sort()).toEqual([...RELEASES].sort())
})

async function chartOf(kind: 'chart' | 'cluster', addon: string, release: string): Promise<CompiledChart> {
  const folder = ADDONS.find(([name]) => name === addon)?.[1] ?? ''
  const { [kind]: chart, diagnostics } = await compileAddon(folder, release)
  if (chart === undefined) throw new Error(JSON.stringify(diagnostics, null, 2))
  return chart
}

/** All files of a chart as one text. Copied files stand as digests: they are reviewed where they lie. */
function textOf({ tree }: CompiledChart): string {
  const parts = [...tree].map(([path, { bytes }]) =>
    path.startsWith('files/') && !path.endsWith('.cue')
      ? `=== ${path} sha256 ${sha256(bytes)}\n`
      : `=== ${path}\n${Buffer.from(bytes).toString('utf8')}`,
  )
  return parts.join('\n')
}

/** The text with the other release in names and patterns, so that the difference shows what matters. */
function sameName(text: string, from: string, to: string): string {
  const escaped = (release: string) => release.replaceAll('.', '\\\\.')
  return text.replaceAll(`-${from}-0.1.0`, `-${to}-0.1.0`).replaceAll(`-${escaped(from)}-0\\\\.1\\\\.0`, `-${escaped(to)}-0\\\\.1\\\\.0`)
}
