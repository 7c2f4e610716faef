import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { catalogue, codeFrame, type Diagnostic } from '../../src/diagnostics/index.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { ROOT } from '../support/workspace.ts'
import { FILES, RICH } from './mutation-fixture.ts'

const settings = { seed: Number(process.env.FUZZ_SEED ?? 42), numRuns: Number(process.env.FUZZ_RUNS ?? 400) }
const QDRANT = readFileSync(join(ROOT, 'addons/qdrant/addon.yaml'), 'utf8')

type Path = readonly (string | number)[]

/** Ways to all values below one. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value)
  return [path, ...steps.flatMap((step) => pathsOf(Reflect.get(value, step), [...path, step]))]
}

const PATHS = pathsOf(parseDocument(RICH).toJS()).slice(1)

/** Values of every type, and texts and numbers that have broken programs before. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    65536,
    1e21,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '0',
    '1e3',
    'yes',
    '~',
    '{{',
    '}}',
    '{{ .Values.x }}',
    '<no value>',
  ),
  fc.constantFrom<unknown>(
    '\u0000',
    '\u2028',
    '\u001b[31m',
    '../../etc/passwd',
    '/etc/passwd',
    '*',
    'a*/b',
    '__proto__',
    'constructor',
    'toString',
    [],
    {},
    [[]],
    [null],
    { a: 1 },
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
)

/** What is wrong with findings, if anything: an error must be there, and every place must be in a file that exists, on a line it has. */
function complaint(text: string, diagnostics: readonly Diagnostic[], isValid: boolean): string | undefined {
  if (!isValid && !diagnostics.some(({ severity }) => severity === 'error')) return 'neither valid nor an error'
  for (const { code, message, place } of diagnostics) {
    if (place === undefined) return `${code} has no place`
    const content = place.file === 'addon.yaml' ? text : FILES[place.file]
    if (content === undefined) return `${code} is in ${place.file}, which does not exist`
    const line = content.split('\n')[place.line - 1]
    if (line === undefined || place.line < 1) return `${code} is on line ${place.line} of ${content.split('\n').length}`
    if (place.column < 1 || place.column > line.length + 1) return `${code} is in column ${place.column} of ${line.length}`
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/.test(codeFrame(content, place.line, place.column)))
      return `the frame of ${code} has control characters`
    if (!/\S/.test(message) || catalogue[code].fix === '') return `${code} says nothing`
  }
  return undefined
}

function check(text: string): void {
  const { chart, diagnostics } = compileInMemory(text, FILES)
  expect(complaint(text, diagnostics, chart !== undefined), JSON.stringify(text)).toBeUndefined()
}

test('the fixture is good', () => {
  const { chart, diagnostics } = compileInMemory(RICH, FILES)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(chart).toBeDefined()
})

/** One change of the tree of the document; comments, style and places of the rest stay. */
const treeMutation = fc.tuple(
  fc.constantFrom(...PATHS),
  fc.constantFrom('delete', 'rename', 'replace', 'duplicate', 'swap', 'wrap'),
  strange,
  fc.constantFrom(...PATHS),
)

test('every mutation of the tree is valid, or an error at a place', () => {
  fc.assert(
    fc.property(fc.array(treeMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const document = parseDocument(RICH)
      for (const [path, kind, value, other] of mutations) {
        if (!document.hasIn(path)) continue
        const plain: unknown = document.toJS()
        const here = path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined), plain)
        const parent = path.slice(0, -1)
        if (kind === 'delete') document.deleteIn(path)
        else if (kind === 'replace') document.setIn(path, document.createNode(value))
        else if (kind === 'wrap') document.setIn(path, document.createNode([here]))
        else if (kind === 'rename' && typeof path.at(-1) === 'string') {
          document.deleteIn(path)
          document.setIn([...parent, typeof value === 'string' ? value : 'other'], document.createNode(here))
        } else if (kind === 'duplicate' && typeof path.at(-1) === 'number') document.addIn(parent, document.createNode(here))
        else if (kind === 'swap' && document.hasIn(other))
          document.setIn(
            path,
            document.createNode(
              other.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined), plain),
            ),
          )
      }
      check(document.toString())
    }),
    settings,
  )
})

/** Text that means something to YAML, or nothing to anybody. */
const splice = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\t',
    ':',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '!!binary ',
    '!!set ',
    '|',
    '>',
    '?',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '<<: ',
    '\r\n',
    '\r',
    '\u0000',
    '\ufeff',
    '\u2028',
    '~',
    ', ',
    '0x1f',
    '__proto__: 1\n',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

test.each([
  ['the rich fixture', RICH],
  ['the descriptor of Qdrant', QDRANT],
])('every mutation of the text is valid, or an error at a place: %s', (_, text) => {
  const spot = fc.tuple(fc.nat(text.length), fc.nat(8), splice)
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 3 }), fc.boolean(), (spots, cut) => {
      const changed = spots.reduce((source, [at, length, inserted]) => source.slice(0, at) + inserted + source.slice(at + length), text)
      // A file is decoded from UTF-8, so it never holds half of a surrogate pair.
      check((cut ? changed.slice(0, spots[0]?.[0] ?? 0) : changed).toWellFormed())
    }),
    settings,
  )
})

test('every text is valid, or an error at a place', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(splice, { maxLength: 40 }).map((parts) => parts.join('')),
      ),
      (text) => check(text.toWellFormed()),
    ),
    settings,
  )
})
