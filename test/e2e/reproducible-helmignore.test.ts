import { expect, test } from 'vitest'
import { pack } from '../../src/pack/index.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { HELMS } from '../support/helm.ts'
import { at, byName } from '../support/rendered-addons.ts'
import { folderOf, needHelm, template } from '../support/scratch-chart.ts'
import { SMALL } from '../support/small-addon.ts'

/** Names that ignore files usually hold. */
const NAMES = [
  'a.bak',
  'a.orig',
  'a.swp',
  'a.tmp',
  '.gitignore',
  '.DS_Store',
  '.addonsmith.json',
  '.helmignore',
  '.git',
  '.project',
  'Chart.yaml',
  '_x',
  '.x',
]

test.for(HELMS)('no file of an addon is ignored by Helm %i for its name, from the folder or the archive', async (major, context) => {
  needHelm(context, major)
  const files = Object.fromEntries(NAMES.map((name) => [name, 'in.txt']))
  const { chart, diagnostics } = compileInMemory(
    { ...SMALL, components: { tiny: { configs: { conf: { files } }, containers: { tiny: { image: 'tiny', mounts: { conf: '/c' } } } } } },
    { 'in.txt': 'content\n' },
  )
  if (chart === undefined) throw new Error(JSON.stringify(diagnostics))
  const data = (path: string) => at(byName(template(major, path)).get('ConfigMap/tiny-conf-template'), 'data')
  const expected = Object.fromEntries(NAMES.map((name) => [name, 'content\n']))
  expect(data(chartOnDisk(chart))).toEqual(expected)
  const archive = await pack(chart, chart.tree)
  expect(data(`${folderOf([[archive.name, archive.bytes]])}/${archive.name}`)).toEqual(expected)
})
