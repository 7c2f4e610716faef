import { expect, test } from 'vitest'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

/** Codes of the findings about a template whose vars are A and B. */
function findings(template: string): readonly string[] {
  const configs = { conf: { template: true, files: { c: 'c.txt' }, vars: { A: 'a', B: { fact: 'clusterName' } } } }
  const components = { tiny: { configs, containers: { tiny: { image: 'tiny', mounts: { conf: '/c' } } } } }
  return resolveInMemory({ ...SMALL, components }, { 'c.txt': `{{/* .X */}}${template}{{ $.A }}{{ .B }}` }).diagnostics.map(
    ({ code, message, place }) => `${code} ${place?.file}:${place?.line}:${place?.column} ${/[.$]?\w*[A-Z]\w*/.exec(message)?.[0] ?? ''}`,
  )
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
