import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSink } from '../../../src/diagnostics/index.ts'
import { compile } from '../../../src/pipeline.ts'
import { explain, releases } from '../../../src/targets/index.ts'
import { ADDONS } from '../../support/compile-addon.ts'
import { ROOT } from '../../support/workspace.ts'

async function explanationOf(folder: string) {
  const sink = createSink()
  const compiled = await compile(folder, { report: sink.report, cwd: ROOT, env: {}, display: (path) => path, library: '' })
  if (compiled === undefined) throw new Error(JSON.stringify(sink.all()))
  return explain(compiled.addon, releases, compiled.source.locate)
}

describe.each(ADDONS)('explanation of %s', (_, folder) => {
  test('what no object expresses has a note: nothing is missing silently', async () => {
    const { columns, rows } = await explanationOf(folder)
    const silent = rows.flatMap(({ concept, cells }) =>
      cells.flatMap(({ expression, notes }, column) =>
        expression === undefined && notes.length === 0 ? [`${concept} in ${columns[column]?.join(', ')}`] : [],
      ),
    )
    expect(silent).toEqual([])
  })

  test('every loss is a note about something in the table', async () => {
    const { rows, notes } = await explanationOf(folder)
    const used = new Set(rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.notes)))
    expect(notes.filter((__, index) => !used.has(index + 1)).map(({ message }) => message)).toEqual([])
  })

  test('every release stands in one column', async () => {
    const { columns } = await explanationOf(folder)
    expect(columns.flat()).toEqual(releases.map(({ version }) => version))
  })
})

test('a role probe is said to be what it is lowered to, and nothing where its roles are lost', async () => {
  const { columns, rows } = await explanationOf(join(ROOT, 'test/fixtures/addons/everything'))
  const cells = rows.find(({ concept }) => concept === 'rich: role probe')?.cells ?? []
  const expressions = columns.flatMap((column, index) => column.map((release) => [release, cells[index]?.expression]))
  expect(Object.fromEntries(expressions)).toMatchObject({
    '0.5': undefined,
    '0.6': undefined,
    '0.7': 'rsmSpec.roleProbe',
    '0.8': 'rsmSpec.roleProbe',
    '0.9': 'lifecycleActions',
  })
})
