import { expect, test } from 'vitest'
import { fixture } from '../../support/fixture-addon.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const { descriptor, files } = fixture('everything')

test('the test of a cluster has its image, the texts of its files in order, its variables and its time', () => {
  const { addon, diagnostics } = resolveInMemory(descriptor, files)
  expect(diagnostics).toEqual([])
  expect(addon?.cluster).toMatchObject({
    resources: { cpu: '1', memory: '1Gi' },
    test: {
      image: 'tools',
      script: [
        { path: 'cluster/lib.sh', text: files['cluster/lib.sh'] },
        { path: 'cluster/test.sh', text: files['cluster/test.sh'] },
      ],
      env: [
        { name: 'MODE', value: { kind: 'text', text: 'quick' } },
        { name: 'LEVEL', value: { kind: 'knob', knob: 'logLevel' } },
        { name: 'KEY', value: { kind: 'secret', name: { kind: 'text', text: 'rich-key' }, optional: true } },
      ],
      timeout: 120,
      origin: ['cluster', 'test'],
    },
  })
})

test('a test may take five minutes unless it says otherwise; an addon needs none', () => {
  const { addon } = resolveInMemory(descriptor.replace('    timeout: 2m\n', ''), files)
  expect(addon?.cluster.test?.timeout).toBe(300)
  expect(resolveInMemory(SMALL).addon?.cluster).toEqual({ resources: undefined, test: undefined })
})

test('what only the test uses is used', () => {
  const only = descriptor
    .replace('values:\n', 'values:\n  testMode: {type: string, default: quick, description: How much is tested.}\n')
    .replace('images:\n', 'images:\n  tester: {repository: example/tester, tag: 1.0.0}\n')
  const unused = ({ diagnostics }: ReturnType<typeof resolveInMemory>) => diagnostics.map(({ code, message }) => `${code} ${message}`)
  expect(unused(resolveInMemory(only, files))).toEqual([
    'addon/unused Nothing uses the knob "testMode".',
    'addon/unused No container uses the image "tester".',
  ])
  const used = only.replace('MODE: quick', 'MODE: {knob: testMode}').replace('test:\n    image: tools', 'test:\n    image: tester')
  expect(unused(resolveInMemory(used, files))).toEqual([])
})

test('a script with Windows line ends is reported where it ends so', () => {
  const { diagnostics } = resolveInMemory(descriptor, { ...files, 'cluster/test.sh': '#!/bin/sh\r\ntrue\r\n' })
  expect(diagnostics).toMatchObject([{ code: 'file/crlf', place: { line: 1 } }])
})
