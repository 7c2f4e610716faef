import { expect, test } from 'vitest'
import type { Finding } from '../../../src/diagnostics/index.ts'
import type { Helm } from '../../../src/helm/index.ts'
import { render } from '../../../src/render/index.ts'

const TEMPLATE = `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  env: 1
  {{- include "c.more" . | nindent 2 }}
  env: 2
`
const OUTPUT = `---
# Source: c/templates/a.yaml
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  env: 1
  more: {x: 1, x: 2}
  env: 2
`

async function rendered(stdout: string) {
  const findings: Finding[] = []
  const helm = { run: async ([command]: readonly string[]) => ({ exitCode: 0, stdout: command === 'template' ? stdout : '', stderr: '' }) }
  const read = (path: string) => (path === 'templates/a.yaml' ? TEMPLATE : undefined)
  const subject = { name: 'c', path: 'c', read, placeOf: (file: string, line: number, column = 1) => ({ file, line, column }) }
  const manifests = await render(subject, helm as unknown as Helm, (finding) => findings.push(finding))
  return { manifests: manifests ?? [], findings }
}

const RELATED = 'templates/a.yaml rendered it in line'

test('a key that is there twice is reported at the second; one from a helper with its rendered line', async () => {
  const { findings } = await rendered(OUTPUT)
  expect(findings).toEqual([
    {
      code: 'manifest/duplicate-key',
      message: 'Pod "a": The key "x" is twice in spec.more: the first value is dropped.',
      place: { file: 'templates/a.yaml', line: 5, column: 1 },
      related: [{ place: { file: 'templates/a.yaml', line: 5, column: 1 }, message: `${RELATED} 9 of the output of helm template` }],
    },
    {
      code: 'manifest/duplicate-key',
      message: 'Pod "a": The key "env" is twice in spec: the first value is dropped.',
      place: { file: 'templates/a.yaml', line: 8, column: 3 },
    },
  ])
})

test('a field has a rendered line only where its line in the template is not certain', async () => {
  const [pod] = (await rendered(OUTPUT)).manifests
  expect(pod?.related(['metadata', 'name'])).toEqual([])
  expect(pod?.related(['spec', 'more']).map(({ message }) => message)).toEqual([`${RELATED} 9 of the output of helm template`])
})

test('what is no YAML is reported at its line, deep data too', async () => {
  const head = '---\n# Source: c/templates/a.yaml\n'
  expect((await rendered(`${head}apiVersion: v1\nkind: Pod\nmetadata: [\n`)).findings).toMatchObject([
    { code: 'helm/output', place: { file: 'templates/a.yaml', line: 1 }, related: [{}] },
  ])
  expect((await rendered(`${head}a: ${'['.repeat(20_000)}\n`)).findings[0]?.message).toContain('nested deeper than 500 levels')
})
