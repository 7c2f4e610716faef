import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/index.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

/** Findings about a template whose vars are A and B. */
function diagnosed(template: string): readonly Diagnostic[] {
  const configs = { conf: { template: true, files: { c: 'c.txt' }, vars: { A: 'a', B: { fact: 'clusterName' } } } }
  const components = { tiny: { configs, containers: { tiny: { image: 'tiny', mounts: { conf: '/c' } } } } }
  return resolveInMemory({ ...SMALL, components }, { 'c.txt': `{{/* .X */}}${template}{{ $.A }}{{ .B }}` }).diagnostics
}

/** Their codes, places and the names they are about. */
function findings(template: string): readonly string[] {
  return diagnosed(template).map(
    ({ code, message, place }) => `${code} ${place?.file}:${place?.line}:${place?.column} ${/[.$]?\w*[A-Z]\w*/.exec(message)?.[0] ?? ''}`,
  )
}

/** What they say and advise, without what follows of an action that swallows the next. */
function found(template: string): readonly object[] {
  return diagnosed(template)
    .filter(({ code }) => code !== 'addon/unused')
    .map(({ code, place, message, hint }) => ({ code, place, message, hint }))
}

test.for([
  '{{ .A | quote }}',
  '{{ if eq .A "x" }}{{ .B }}{{ else }}{{ $.A }}{{ end }}',
  '{{ range splitList "," .A }}{{ .any }}{{ end }}',
  '{{ with dict "x" 1 }}{{ .x }}{{ $.B }}{{ end }}',
  '{{ $v := dict "X" 1 }}{{ $v.X }}{{ (dict "Y" 2).Y }}',
  '{{ define "t" }}{{ .Z }}{{ $.Z }}{{ end }}{{ template "t" dict "Z" 1 }}',
  '{{ "{{ .X }}" }}{{ `.X` }}',
  '{{- .A -}}',
  '{{ range $i, $e := splitList "," .A }}{{ if gt $i 0x1F }}{{ break }}{{ else if $e }}{{ 1e3 }}{{ else }}-{{ end }}{{ end }}',
  '{{ printf "%s{}" .A }}{{ (index (splitList "," .A) 0) }}',
])('%j is good', (template) => {
  expect(findings(template)).toEqual([])
})

test.for([
  ['{{ .X }}', 'addon/template c.txt:1:16'],
  ['\n{{ if .A }}\n  {{ upper .X }}{{ end }}', 'addon/template c.txt:3:12'],
  ['{{ range .A }}{{ $.X }}{{ end }}', 'addon/template c.txt:1:30'],
  ['{{ getVolumePathByName .A "x" }}', 'addon/template-generation c.txt:1:16'],
  ['{{ $.cluster.metadata.name }}', 'addon/template-generation c.txt:1:16'],
  ['{{ .A | failed }}', 'addon/template-generation c.txt:1:21'],
] as const)('%j is found', ([template, expected]) => {
  expect(findings(template)).toEqual([expect.stringContaining(expected)])
})

test('an action that does not end hides the rest', () => {
  expect(findings('{{ "x')).toContainEqual(expect.stringContaining('addon/template c.txt:1:13'))
})

test.for([
  ['max {{ .A }', '1:17', 'does not end', 'close it with }}'],
  ['{{ if .A }}', '1:13', '{{ if }} without {{ end }}', '{{ end }}'],
  ['{{ range splitList "," .A }}{{ if .A }}{{ end }}', '1:13', '{{ range }} without', '{{ end }}'],
  ['x\n{{ end }}', '2:1', 'nothing to end', 'remove it'],
  ['{{ if .A }}{{ else }}{{ else }}{{ end }}', '1:34', 'second {{ else }}', 'keep one'],
  ['{{ else }}', '1:13', 'outside of if', 'remove it'],
  ['{{ if }}{{ end }}', '1:13', 'nothing more', 'write a value'],
  ['{{ }}', '1:13', 'is empty', 'write a value'],
  ['{{ .A | }}', '1:13', 'nothing on one side', 'write a value'],
  ['{{ (upper .A }}', '1:13', 'parentheses', 'write a value'],
  ['{{ .A & .B }}', '1:13', 'has a &', 'write a value'],
  ['{{ getEnv "X" }}', '1:16', 'function getEnv', 'give vars the value'],
  ['{{ .A | uper }}', '1:21', 'function uper', 'did you mean "upper"?'],
  ['{{ include "x" . }}', '1:16', 'function include', 'of sprig'],
] as const)('%j is broken, and says what to write', ([template, at, message, hint]) => {
  expect(found(template)).toEqual([
    {
      code: 'addon/template',
      place: expect.objectContaining({ file: 'c.txt', ...where(at) }),
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    },
  ])
})

function where(at: string): { readonly line: number; readonly column: number } {
  const [line = 0, column = 0] = at.split(':').map(Number)
  return { line, column }
}
