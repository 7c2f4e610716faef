import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/index.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const files = { 'a/go.sh': '#!/bin/sh\nexec a\n', 'b/go.sh': '#!/bin/sh\nexec b\n' }
const service = { default: { ports: ['client'] } }
const container = { image: 'tiny', ports: { client: 1234 } }

/** A finding without the name of the release it is about. */
const said = ({ code, message }: Diagnostic) => `${code} ${message.replace(/^In KubeBlocks [\d.]+ /, '')}`

/** Messages of the errors that a release reports, with the variable or file they point at. */
function errors(descriptor: object, kubeblocks = '0.6'): readonly string[] {
  const { diagnostics } = compileInMemory({ ...SMALL, ...descriptor }, files, kubeblocks)
  return diagnostics.filter(({ severity }) => severity === 'error').map(said)
}

const two = (env: object, other: object = {}) => ({
  components: {
    a: { containers: { a: { ...container, env } } },
    b: { services: service, ...other, containers: { b: { ...container, ports: { client: 1 } } } },
  },
})

test('what another component needs and nothing can tell', () => {
  expect(errors(two({ X: { fact: 'podFQDNs', of: 'b' } }), '0.5')).toEqual([
    'target/unsupported X cannot be set: a component is not told about the pods of "b".',
  ])
  expect(errors(two({ X: { fact: 'podFQDNs', of: 'b' } }, { workload: 'stateless' }))).toEqual([
    'target/unsupported X cannot be set: the pods of "b" have no names of their own.',
  ])
  const second = { services: { ...service, second: { ports: ['client'] } } }
  expect(errors(two({ X: { fact: 'serviceHost', of: 'b', service: 'second' } }, second))).toEqual([
    'target/unsupported X cannot be set: the service "second" of "b" does not exist there.',
  ])
})

test('an account that does not exist there', () => {
  const accounts = { root: { initial: true }, other: { initial: true } }
  expect(errors(two({ X: { account: 'other', field: 'password', of: 'b' } }, { accounts }))).toEqual([
    'target/unsupported X cannot be set: the account "other" does not exist there.',
  ])
  expect(errors(two({ X: { account: 'root', field: 'password', of: 'b' } }, { accounts }))).toEqual([])
})

test('a text that mixes another component with what only containers have', () => {
  const env = { HOST: { fact: 'serviceHost', of: 'b' }, IP: { fact: 'podIP' }, X: { text: '${HOST}-${IP}' } }
  expect(errors(two(env))).toEqual([
    'target/unsupported X cannot be set: a text about another component can be made only of facts about that one, and of texts.',
  ])
  // By name, everything is where the kubelet can put it in.
  expect(errors(two(env), '0.5')).toEqual([])
})

test('two containers that mean different things by one name', () => {
  const env = (fact: string) => ({ X: { fact, of: 'b' } })
  const a = { containers: { one: { image: 'tiny', env: env('podNames') }, two: { image: 'tiny', env: env('podFQDNs') } } }
  const b = { services: service, containers: { b: container } }
  expect(errors({ components: { a, b } })).toEqual([
    'target/unsupported all containers of a component know the same about others, and X is something else in another container.',
  ])
})

test('a service outside that is needed', () => {
  const references = { store: { kind: 'etcd', version: '^3' } }
  const env = { X: { reference: 'store', field: 'host' } }
  expect(errors({ components: { a: { references, containers: { a: { ...container, env } } } } })).toEqual([
    'target/unsupported X cannot be set: a cluster cannot be told about services outside of it, such as "store".',
  ])
})

test('two lines with different scripts of one name', () => {
  const versions = ['1.0.0', '2.0.0'].map((version) => ({ version, images: { tiny: version } }))
  const lines = [
    { name: '1', versions: ['1.0.0'] },
    { name: '2', versions: ['2.0.0'], override: { components: { tiny: { scripts: { files: 'b/*.sh' } } } } },
  ]
  const tiny = { scripts: { files: 'a/*.sh' }, containers: { tiny: { ...container, mounts: { scripts: '/s' } } } }
  expect(errors({ versions, lines, components: { tiny } })).toEqual([
    'target/unsupported all lines have one set of scripts, and "go.sh" is another script in the line 2: give it another name.',
  ])
})

test('what a line takes away stays, and is said', () => {
  const versions = ['1.0.0', '2.0.0'].map((version) => ({ version, images: { tiny: version } }))
  const override = { components: { tiny: { services: null, containers: { tiny: { command: null }, side: null } } } }
  const lines = [
    { name: '1', versions: ['1.0.0'] },
    { name: '2', versions: ['2.0.0'], override },
  ]
  const tiny = { services: service, containers: { tiny: { ...container, command: ['go'] }, side: { image: 'tiny' } } }
  const { diagnostics } = compileInMemory({ ...SMALL, versions, lines, components: { tiny } })
  expect(diagnostics.map(said).sort()).toEqual([
    'target/line-lost a version changes containers and configs only: in the line 2 "tiny" keeps services of the others.',
    'target/line-lost the container "side" stays in the line 2.',
    'target/line-lost the container "tiny" keeps its command in the line 2.',
  ])
})
