import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './support/workspace.ts'

/** Layers from the bottom up; a module imports from its own layer's folder, and from layers below. */
const LAYERS: readonly (readonly string[])[] = [
  ['diagnostics'],
  ['generated', 'gotemplate', 'goyaml', 'objects', 'context.ts'],
  ['apimodel', 'kbcli', 'model', 'operator', 'skeletons', 'tree'],
  ['load'],
  ['validate', 'policy'],
  ['resolve', 'targets'],
  ['emit', 'write', 'helm', 'pack'],
  ['render', 'subject', 'repository'],
  ['check'],
  ['pipeline.ts', 'inspect'],
  ['cli', 'index.ts'],
]

const layerOf = (unit: string) => LAYERS.findIndex((layer) => layer.includes(unit))
const unitOf = (path: string) => relative(join(ROOT, 'src'), path).split('/')[0] ?? ''

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : []
  })
}

const files = sources(join(ROOT, 'src'))

test('imports point down', () => {
  const wrong: string[] = []
  for (const file of files) {
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)) {
      const imported = join(dirname(file), target)
      const from = unitOf(file)
      const to = unitOf(imported)
      if (!imported.startsWith(join(ROOT, 'src')) || from === to) continue
      if (layerOf(from) <= layerOf(to)) wrong.push(`${relative(ROOT, file)} imports ${to}`)
    }
  }
  expect(wrong).toEqual([])
})

test('no module imports itself by way of others', () => {
  const imports = new Map(
    files.map((file) => [file, [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => join(dirname(file), target))]),
  )
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (imports.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))))
  expect(files.filter((file) => reaches(file, file)).map((file) => relative(ROOT, file))).toEqual([])
})

test('every folder of src has a layer', () => {
  const units = [...new Set(files.map(unitOf))].filter((unit) => unit !== 'dev')
  expect(units.filter((unit) => layerOf(unit) < 0)).toEqual([])
})

/** The parts that may know releases of KubeBlocks apart. */
const KNOWS_RELEASES = ['targets', 'operator', 'kbcli', 'apimodel']

test('only targets, operator, kbcli and API model know one KubeBlocks release from another', () => {
  const wrong = files.filter((file) => {
    if (KNOWS_RELEASES.includes(unitOf(file)) || unitOf(file) === 'generated') return false
    const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    // `version: '1.1'` is YAML's.
    return /'(0\.[5-9]|1\.[0-2](-alpha)?)'/.test(code.replace(/version: '1\.[12]'/g, '')) || /\.family\b|\.kubeblocks\s*(===|!==|<|>)/.test(code)
  })
  expect(wrong.map((file) => relative(ROOT, file))).toEqual([])
})

test('targets ask what a release can do, not which one it is', () => {
  const compared = /(release|target)\.version\s*(===|!==|<|>)|version\s*(===|!==)\s*'/
  const wrong = files.filter((file) => unitOf(file) === 'targets' && compared.test(readFileSync(file, 'utf8')))
  expect(wrong.map((file) => relative(ROOT, file))).toEqual([])
})

/** Tables, not code. */
const DATA = ['generated/', 'diagnostics/catalogue/']

test('files hold one idea', () => {
  const long = files.filter((file) => !DATA.some((part) => file.includes(`/src/${part}`)) && readFileSync(file, 'utf8').split('\n').length > 260)
  expect(long.map((file) => relative(ROOT, file))).toEqual([])
})
