import { describe, expect, test } from 'vitest'
import type { FileTree } from '../../src/tree/index.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { HELMS } from '../support/helm.ts'
import { at, renderAddons } from '../support/rendered-addons.ts'
import { needHelm } from '../support/scratch-chart.ts'
import { SMALL } from '../support/small-addon.ts'

/** Names that something could take for more than a name: ignored files, folders, template and chart files. */
const NAMES = [
  'a.bak',
  'a.orig',
  'a.swp',
  '.gitignore',
  '.DS_Store',
  '.addonsmith.json',
  '.helmignore',
  'Chart.yaml',
  'values.yaml',
  'values.schema.json',
  '_x.tpl',
  'NOTES.txt',
  'x.tgz',
  '.hidden',
  '-',
  '_',
  '--help',
  'CON',
  'nul',
  'a..b',
  '...',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '007',
  'true',
  'y',
  'null',
  '1e3',
  'A',
  'a',
  `${'x'.repeat(249)}.txt`,
  '.',
  '..',
  '..data',
  'a/b',
  'a b',
  'ü',
  '',
]

const forms = {
  config: (key: string) => ({
    descriptor: {
      ...SMALL,
      components: {
        tiny: {
          configs: { conf: { files: Object.fromEntries([[key, 'in.txt']]) } },
          containers: { tiny: { image: 'tiny', mounts: { conf: '/c' } } },
        },
      },
    },
    files: { 'in.txt': 'content {{ x }}\n' },
    map: 'conf-template',
  }),
  script: (key: string) => ({
    descriptor: {
      ...SMALL,
      components: { tiny: { scripts: { files: [`s/${key}`] }, containers: { tiny: { image: 'tiny', mounts: { scripts: '/s' } } } } },
    },
    files: Object.fromEntries([[`s/${key}`, 'content {{ x }}\n']]),
    map: 'scripts',
  }),
}

interface Made {
  readonly name: string
  readonly tree: FileTree
  readonly key: string
  readonly map: string
}

const refused: string[] = []
const made: Made[] = []
for (const [form, build] of Object.entries(forms)) {
  NAMES.forEach((key, index) => {
    const name = `${form}${index}`
    const { descriptor, files, map } = build(key)
    const { chart, diagnostics } = compileInMemory({ ...descriptor, name }, files)
    if (chart !== undefined) {
      made.push({ name, tree: chart.tree, key: key.slice(key.lastIndexOf('/') + 1), map: `${name}-tiny-${map}` })
      return
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length === 0 || errors.some(({ place }) => place === undefined || place.line < 1))
      throw new Error(`${form} ${key}: ${JSON.stringify(errors)}`)
    refused.push(`${form} ${key}`)
  })
}

describe('names of files', () => {
  test('that Kubernetes takes for no key are refused', () => {
    for (const key of ['.', '..', '..data', 'a b', 'ü', '']) for (const form of Object.keys(forms)) expect(refused).toContain(`${form} ${key}`)
    expect(refused).not.toContain('config a.bak')
  })

  test('never lead out of their folder', () => {
    for (const { name, tree } of made) {
      for (const path of tree.keys()) {
        expect(path.split('/'), name).not.toContain('..')
        expect(path.split('/'), name).not.toContain('.')
        expect(path.split('/'), name).not.toContain('')
      }
    }
  })

  test.for(HELMS)('do not make Helm %i leave a file out', (major, context) => {
    needHelm(context, major)
    const rendered = renderAddons(major, made)
    const lost = made.flatMap(({ name, key, map }) => {
      const data = at(rendered.get(name)?.objects.get(`ConfigMap/${map}`), 'data')
      return at(data, key) === 'content {{"{{"}} x }}\n' ? [] : [`${name} ${key}: ${JSON.stringify(data)}`]
    })
    expect(lost).toEqual([])
  })
})
