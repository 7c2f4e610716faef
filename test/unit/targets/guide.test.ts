import { expect, test } from 'vitest'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const readme = (text: string) => {
  const { cluster, diagnostics } = compileInMemory({ ...SMALL, guide: 'guide.md' }, { 'guide.md': text })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return Buffer.from(cluster?.tree.get('README.md')?.bytes ?? []).toString('utf8')
}

test('the guide stands in the README of the cluster chart as it was written', () => {
  const text = '## Before you start\n\n```sh\necho "{{ .Release.Name }} {{name}} $& <b> \\_"\n```\n\n| a | b |\n|---|---|\n| ü | 日本 |'
  expect(readme(text)).toContain(`\n\n${text}\n\n## Values\n`)
  expect(readme(`${text}\n\n\n`)).toBe(readme(text))
})
