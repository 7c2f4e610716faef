import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createSink } from '../../src/diagnostics/index.ts'
import { compile } from '../../src/pipeline.ts'
import { BASE } from '../cases/transcript.ts'
import { createWorkspace, ROOT, type Workspace } from '../support/workspace.ts'

const YAML = readFileSync(join(BASE, 'addons/tiny/addon.yaml'), 'utf8')

/** A workspace with the base addon, its descriptor replaced by a module. */
function withModule(module: string): Workspace {
  const workspace = createWorkspace()
  cpSync(BASE, workspace.path, { recursive: true })
  rmSync(join(workspace.path, 'addons/tiny/addon.yaml'))
  workspace.write('addons/tiny/addon.ts', module)
  return workspace
}

/** Compiles a module, and returns what is found, as `line:column code message`. */
async function findings(module: string): Promise<readonly string[]> {
  const { path } = withModule(module)
  const sink = createSink()
  const context = { report: sink.report, cwd: path, env: {}, display: (file: string) => file, library: join(ROOT, 'dist/lib/index.js') }
  expect(await compile(join(path, 'addons/tiny'), context)).toBeUndefined()
  return sink.all().map(({ code, message, place }) => `${place?.line}:${place?.column} ${code} ${message}`)
}

test('addon.ts and addon.yaml give the same chart', () => {
  const workspace = createWorkspace()
  cpSync(BASE, workspace.path, { recursive: true })
  expect(workspace.run(['build', '--no-helm']).exitCode).toBe(0)
  rmSync(join(workspace.path, 'addons/tiny/addon.yaml'))
  const data = JSON.stringify(parse(YAML), null, 2)
  workspace.write('addons/tiny/addon.ts', `import { defineAddon } from 'addonsmith'\n\nexport default defineAddon(${data})\n`)
  const { stdout, stderr, exitCode } = workspace.run(['build', '--no-helm', '--check'])
  expect(stdout + stderr).toContain('unchanged')
  expect(exitCode).toBe(0)
  workspace.write('addons/tiny/addon.ts', `export default ${data.replace('A tiny engine.', 'Another.')}\n`)
  expect(workspace.run(['build', '--no-helm', '--check']).exitCode).toBe(1)
})

test('findings of a module point at its lines', async () => {
  const module = `import { defineAddon } from 'addonsmith'

const containers = { tiny: { image: 'tinny', ports: { client: 1234 } } }
const versions = (...list: string[]) => list.map((version) => ({ version, images: { tiny: version } }))

export default defineAddon({
  apiVersion: 'addonsmith.dev/v1',
  name: 'tiny',
  // version: 'commented out',
  'version': "v1",
  engine: 'tiny',
  description: \`A \${'tiny'} engine.\`,
  images: { tiny: 'example/tiny' /* no tag */ },
  versions: versions('1.0.0', '1.1'),
  components: {
    tiny: { ...{ workload: 'stateful' as const }, containers, metrics: { port: 'metrics' } },
  },
})
`
  expect(await findings(module)).toEqual([
    '10:14 addon/version "v1" is not a semantic version.',
    '13:13 addon/unused No container uses the image "tiny".',
    '14:13 addon/version "1.1" is not a semantic version.',
    '16:11 addon/reference There is no image "tinny".',
    '16:80 addon/reference There is no container port "metrics".',
  ])
})

describe('modules that give no descriptor', () => {
  test.each([
    ['a syntax error', "export default {\n  name: 'x',\n  engine: ( }\n", /^3:\d+ load\/script The module cannot be loaded: ParseError/],
    ['an error while it runs', "const a = 1\n\nthrow new Error('no luck')\n", /^3:\d+ load\/script .*: no luck\.$/],
    ['an error on its first line', 'export default { name: (null as any).x }\n', /^1:\d+ load\/script .*: Cannot read properties of null/],
    ['a text that is thrown', "throw 'nothing'\n", /^1:1 load\/script .*: nothing\.$/],
    [
      'an import of what is not there',
      "import './missing.ts'\nexport default {}\n",
      /^\d:\d+ load\/script .*Cannot find module '\.\/missing\.ts'\.$/,
    ],
    ['no default export', 'export const addon = { name: 1 }\n', /^1:1 load\/script The module has no descriptor/],
    ['a promise', "export default Promise.resolve({ name: 'x' })\n", /^1:\d+ load\/script The module has no descriptor/],
    ['a function', 'export default () => ({})\n', /^1:\d+ load\/script The module has no descriptor/],
    ['a text', "export default 'name: x'\n", /^1:\d+ load\/script The module has no descriptor/],
    ['null', 'export default null\n', /^1:\d+ load\/script /],
    [
      'a getter that throws',
      "export default { get name() { throw new Error('boom') } }\n",
      /^1:\d+ load\/script The descriptor cannot be read: boom\.$/,
    ],
    [
      'what grows without end',
      "let a: unknown = 'x'\nfor (let i = 0; i < 50; i++) a = [a, a]\nexport default { name: a }\n",
      /^3:\d+ load\/too-large /,
    ],
    [
      'what nests without end',
      "let a: unknown = 'x'\nfor (let i = 0; i < 50000; i++) a = [a]\nexport default { name: a }\n",
      /^3:\d+ load\/too-large /,
    ],
  ])('%s', async (_, module, expected) => {
    const found = await findings(module)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(expected)
  })
})

test.each([
  ['a function', '() => 1', 'A value of type function'],
  ['NaN', 'NaN', 'The number NaN'],
  ['infinity', '-Infinity', 'The number -Infinity'],
  ['a number with an exponent', '1e30', 'The number 1e+30'],
  ['a date', 'new Date(0)', 'An object with a class'],
  ['a map', 'new Map()', 'An object with a class'],
  ['a bigint', '1n', 'A value of type bigint'],
  ['a symbol', "Symbol('x')", 'A value of type symbol'],
  ['a hole in a list', '[ , 1]', 'A value of type undefined'],
  ['a circle', '(() => { const a: unknown[] = []; a.push(a); return a })()', 'A value that contains itself'],
  ['half of a surrogate pair', "'\\ud800'", 'A text with half of a surrogate pair'],
])('%s is not data', async (_, expression, what) => {
  const found = (await findings(`export default {\n  engine: 'x',\n  description: ${expression},\n}\n`)).filter((line) =>
    line.includes('load/not-data'),
  )
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^3:1[68] /)
  expect(found[0]).toContain(`load/not-data ${what} is not data.`)
})

test('a key that looks like a number is found, where it stands', async () => {
  expect(await findings('export default {\n  images: {\n    7: "x" },\n}\n')).toContainEqual(expect.stringMatching(/^3:5 load\/integer-like-key /))
})

test('a module that waits for what never comes ends with a finding', () => {
  const { stderr, exitCode } = withModule('await new Promise(() => {})\nexport default {}\n').run(['build', '--no-helm'])
  expect(stderr).toContain('it waits for something that never comes')
  expect(exitCode).toBe(1)
})
