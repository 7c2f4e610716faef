import { expect, test } from 'vitest'
import { lexActions } from '../../../src/gotemplate/index.ts'

test.for([
  ['', []],
  ['no action } }} {', []],
  ['{{ .a }}', ['.a']],
  ['{{.a}}{{.b}}', ['.a', '.b']],
  ['{{- .a -}}', ['.a']],
  ['{{ -1 }}', ['-1']],
  ['{{-1}}', ['-1']],
  ['{{ "}}" }}', ['"}}"']],
  ['{{ "\\"}}" }}', ['"\\"}}"']],
  ['{{ `}}` }}', ['`}}`']],
  ["{{ '}' }}", ["'}'"]],
  ['{{`{`}}', ['`{`']],
  ['{{/* "}} */}}', ['/* "}} */']],
  ['{{- /* ` */ -}}', ['/* ` */']],
  ['{{{ .a }}', ['{ .a']],
  ['{{ .a', [undefined]],
  ['{{ "x }}', [undefined]],
  ['{{ "x\n" }}', [undefined]],
  ['{{ `x }}', [undefined]],
  ['{{/* x }}', [undefined]],
  ['{{ .a }}{{ .b', ['.a', undefined]],
] as const)('%j holds %j', ([text, codes]) => {
  expect(lexActions(text).map(({ code }) => code)).toEqual(codes)
})
