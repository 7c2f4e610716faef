import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Code } from '../../src/diagnostics/index.ts'

/** A chart that means harm, or is what an accident leaves behind. */
export interface HostileChart {
  readonly name: string
  /** Codes of which one must be found; none when the chart is to be taken as it is. */
  readonly finds: readonly Code[]
  /** Whether Helm is kept busy until it is ended, which takes its time. */
  readonly endsHelm?: boolean
  /** Writes it into an empty folder. */
  write(folder: string): void
}

const CHART_YAML = 'apiVersion: v2\nname: x\nversion: 1.0.0\n'
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n'

function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries({ 'Chart.yaml': CHART_YAML, 'values.yaml': '{}\n', 'templates/a.yaml': `${MAP}  a: b\n`, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

const hostile = (name: string, finds: readonly Code[], files: Readonly<Record<string, string | Uint8Array>>): HostileChart => ({
  name,
  finds,
  write: (folder) => put(folder, files),
})

const linked = (name: string, link: string, target: string): HostileChart => ({
  name,
  finds: ['chart/unsafe-file'],
  write(folder) {
    put(folder, {})
    symlinkSync(target, join(folder, link))
  },
})

const LAUGHS = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(',')}]`).join('\n')}\n`
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const PROTO = '__proto__:\n  polluted: yes\nconstructor: {prototype: {polluted: 1}}\ntoString: 1\nhasOwnProperty: 1\n'
const schema = (value: unknown) => ({ 'values.schema.json': JSON.stringify(value) })

/** The hostile inputs of which a chart on disk can consist. */
export const HOSTILE_CHARTS: readonly HostileChart[] = [
  linked('a link that leads to itself', 'templates/loop.yaml', 'loop.yaml'),
  linked('a link to the folder it is in', 'files', '.'),
  linked('a link out of the folder', 'secret.txt', '/etc/hostname'),
  linked('a link to nothing', 'gone.txt', 'nowhere'),
  hostile('a ConfigMap of more than 1 MiB', ['manifest/config-map-size'], { 'templates/a.yaml': `${MAP}  a: ${'x'.repeat(1_100_000)}\n` }),
  hostile('a line of 1 MB', [], { 'templates/a.yaml': `${MAP}  a: ${'x'.repeat(1_000_000)}\n` }),
  hostile('a template of 1 MB in one line', ['helm/template'], { 'templates/a.yaml': `a: ${'{{ "x" }}'.repeat(100_000)}{{` }),
  hostile('a file of more than 5 MiB', ['chart/unsafe-file'], { 'files/a.bin': new Uint8Array(5 * 1024 * 1024 + 1) }),
  hostile('binary in a template', ['helm/output', 'helm/template', 'manifest/config-map-data'], {
    'templates/a.yaml': Buffer.from([0xff, 0xfe, 0, 1, 2]),
  }),
  hostile('binary by way of .Files.Get', ['helm/output', 'helm/template', 'manifest/config-map-data'], {
    'files/b': Buffer.from([0xff, 0xfe, 0, 1, 2]),
    'templates/a.yaml': `${MAP}  a: |\n    {{ .Files.Get "files/b" }}\n`,
  }),
  hostile('CRLF', [], { 'templates/a.yaml': `${MAP}  a: b\n`.replaceAll('\n', '\r\n') }),
  hostile('a byte order mark', [], { 'templates/a.yaml': `\ufeff${MAP}  a: b\n` }),
  hostile('tabs', ['helm/template', 'helm/output'], { 'templates/a.yaml': `${MAP}\ta: b\n` }),
  hostile('NUL', ['helm/template', 'helm/output'], { 'templates/a.yaml': `${MAP}  a: "\u0000"\n` }),
  hostile('U+2028', [], { 'templates/a.yaml': `${MAP}  a: "x\u2028y"\n` }),
  hostile('no line end at the end', [], { 'templates/a.yaml': `${MAP}  a: b` }),
  hostile('Chart.yaml that is not UTF-8', ['load/encoding', 'chart/metadata', 'load/yaml'], { 'Chart.yaml': Buffer.from([0xff, 0xfe, 0x61]) }),
  hostile('an empty Chart.yaml', ['chart/metadata'], { 'Chart.yaml': '' }),
  hostile('a name that climbs out', ['chart/metadata', 'helm/template'], { 'Chart.yaml': CHART_YAML.replace('name: x', 'name: ../../evil') }),
  hostile('equal keys in what is rendered', ['manifest/duplicate-key'], { 'templates/a.yaml': `${MAP}  a: b\n  a: c\n` }),
  hostile('equal keys in Chart.yaml', ['load/duplicate-key'], { 'Chart.yaml': `${CHART_YAML}name: y\n` }),
  hostile('merge keys', [], { 'templates/a.yaml': `${MAP}  <<: {a: b}\n  c: d\n` }),
  hostile('a billion laughs in what is rendered', ['helm/output', 'helm/template', 'helm/limit'], {
    'templates/a.yaml': `${MAP}  a: b\nx:\n${LAUGHS.replace(/^/gm, '  ')}`,
  }),
  hostile('a billion laughs in Chart.yaml', ['load/too-large'], { 'Chart.yaml': CHART_YAML + LAUGHS }),
  hostile('a billion laughs in values.yaml', ['helm/template', 'helm/limit'], { 'values.yaml': LAUGHS }),
  hostile('nesting of 20,000 levels in what is rendered', ['helm/output', 'helm/template', 'helm/limit'], {
    'templates/a.yaml': `${MAP}  a: b\nx: ${DEEP}\n`,
  }),
  hostile('nesting of 20,000 levels in Chart.yaml', ['load/too-large', 'load/yaml'], { 'Chart.yaml': `${CHART_YAML}x: ${DEEP}\n` }),
  hostile('nesting of 20,000 levels in values.yaml', ['helm/template'], { 'values.yaml': `x: ${DEEP}\n` }),
  hostile('--- inside a block', [], { 'templates/a.yaml': `${MAP}  a: |\n    x\n    ---\n    y\n` }),
  hostile('names of JavaScript as keys', [], {
    'templates/a.yaml': `${MAP}${PROTO.replace(/^/gm, '  ')
      .replace(/: (.*)$/gm, ': "$1"')
      .replace(/"\{.*"/, '"x"')
      .replace('  __proto__:\n    polluted: "yes"', '  __proto__: a')}`,
    'values.yaml': PROTO,
  }),
  hostile('names of JavaScript as file names', [], {
    'templates/__proto__.yaml': `${MAP.replace('name: x', 'name: p')}  a: b\n`,
    constructor: 'x',
    toString: 'y',
  }),
  hostile('an action that does not end', ['helm/template'], { 'templates/a.yaml': `${MAP}  a: {{ .Values.x\n` }),
  hostile('an include of itself', ['helm/template', 'helm/limit'], {
    'templates/_a.tpl': '{{ define "a" }}{{ include "a" . }}{{ end }}',
    'templates/a.yaml': `${MAP}  a: {{ include "a" . }}\n`,
  }),
  {
    ...hostile('a loop without end', ['helm/limit'], {
      'templates/a.yaml': `${MAP}  a: b\n{{- range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\n`,
    }),
    endsHelm: true,
  },
  {
    ...hostile('output without end', ['helm/limit', 'helm/template'], {
      'templates/a.yaml': `${MAP}  a: {{ range until 30000 }}{{ repeat 10000 "x" }}{{ end }}\n`,
    }),
    endsHelm: true,
  },
  hostile('a values schema that refers to itself', ['values/schema'], schema({ $ref: '#' })),
  hostile('a values schema that reads files', ['values/schema'], schema({ properties: { a: { $ref: 'file:///etc/passwd' } } })),
  hostile('a values schema that asks the network', ['values/schema'], schema({ properties: { a: { $ref: 'http://127.0.0.1:9/x' } } })),
  hostile('a values schema with look-ahead', ['values/schema', 'helm/template'], {
    ...schema({ properties: { a: { pattern: '(?=x)' } } }),
    'values.yaml': 'a: x\n',
  }),
  hostile('colours in a description', [], { 'Chart.yaml': `${CHART_YAML}description: "\\e[31mred"\n` }),
  hostile('colours in the name of an object', [], { 'templates/a.yaml': `${MAP.replace('name: x', 'name: "\\e[31mred"')}  a: b\n` }),
]
