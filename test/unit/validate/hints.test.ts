import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/index.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

type Map = Readonly<Record<string, unknown>>

/** Findings about the small addon with other fields in it, its component and its container. */
function findings({ addon = {}, component = {}, container = {} }: { readonly addon?: Map; readonly component?: Map; readonly container?: Map }) {
  const tiny = { image: 'tiny', ports: { client: 1234 }, ...container }
  return resolveInMemory({ ...SMALL, components: { tiny: { containers: { tiny }, ...component } }, ...addon }).diagnostics
}
const texts = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ message, hint }) => `${message} ${hint ?? ''}`)

test.for<[Parameters<typeof findings>[0], string]>([
  [{ component: { hostNetwork: 'yes' } }, 'as YAML does today: true'],
  [{ component: { hostNetwork: 'off' } }, 'as YAML does today: false'],
  [{ component: { services: { default: { ports: [1234] } } } }, 'write the name of the port: client'],
  [{ component: { services: { default: { ports: [99] } } } }, 'write the name of a port of a container'],
  [{ container: { readiness: { tcp: { port: 1234 } } } }, 'write the name of the port: client'],
  [{ addon: { version: 1 } }, 'such as "1.0.0"'],
  [{ addon: { versions: [{ version: 1.2, images: { tiny: '1' } }] } }, 'such as "1.2.0"'],
  [{ addon: { images: { tiny: { repository: 'a/b', tag: '' } } } }, 'leave the field out'],
  [{ component: { policyRules: [] } }, 'leave the field out'],
  [{ addon: { name: 'a'.repeat(25) } }, 'shorten it by 3: '],
  [{ addon: { description: 'a'.repeat(257) } }, 'shorten it by 1'],
  [{ component: { replicas: { default: 0 } } }, 'write 1 or more, or leave the field out'],
  [{ container: { readiness: { tcpSocket: { port: 1 } } } }, 'write tcp: {port: NAME}'],
  [{ container: { readiness: { initialDelaySeconds: 5 } } }, 'write delay: 5s'],
  [{ container: { readiness: { failureThreshold: 5 } } }, 'write failures'],
  [{ container: { readiness: { httpGet: {} } } }, 'write http: {path: /'],
  [{ container: { env: { A: { valueFrom: {} } } } }, '{fact: podName}'],
  [{ container: { resources: {} } }, 'cluster: {resources:'],
  [{ container: { volumeMounts: [] } }, 'mounts: {VOLUME: /path}'],
  [{ container: { env: [{ name: 'A', value: 'b' }] } }, 'write a map: {NAME: text}'],
  [{ container: { ports: [{ containerPort: 1 }] } }, 'write a map: {client: 1234}'],
])('%j says what to write', ([change, hint]) => {
  expect(texts(findings(change))).toContainEqual(expect.stringContaining(hint))
})

test.each([
  ['HUP', 'write SIGHUP'],
  ['usr1', 'write SIGUSR1'],
  ['1', 'such as SIGHUP'],
])('the signal %s', (signal, hint) => {
  const configs = { conf: { files: { c: 'c.txt' }, reload: { signal: { process: 'tiny', signal } } } }
  expect(texts(findings({ component: { configs } }))).toContainEqual(expect.stringContaining(hint))
})

test('a text that is too long is reported once, with the smallest bound', () => {
  const long = 'a'.repeat(70)
  expect(findings({ addon: { name: long } })).toEqual([expect.objectContaining({ message: 'name must have at most 22 characters.' })])
  const ports = { [long]: 1234 }
  const uses = { services: { default: { ports: [long] } }, metrics: { port: long } }
  const container = { ports, readiness: { tcp: { port: long } } }
  expect(findings({ component: { containers: { tiny: { image: 'tiny', ...container } }, ...uses } })).toEqual([
    expect.objectContaining({ code: 'schema/range', message: expect.stringContaining('at most 15') }),
  ])
})

test.each([
  ['docker.io/library/redis', 'field of its own: {registry: docker.io, repository: library/redis}'],
  ['localhost:5000/redis:7', '{registry: "localhost:5000", repository: redis, tag: "7"}'],
  ['localhost/redis', '{registry: localhost, repository: redis}'],
])('the repository %s starts with a registry', (repository, hint) => {
  expect(texts(findings({ addon: { images: { tiny: repository } } }))).toEqual([expect.stringContaining(hint)])
})

test.each([
  ['{{ .Values.max }}', 'write {knob: max}'],
  ['x-{{ .Release.Namespace }}', 'write {fact: namespace}'],
  ['{{- .Release.Name }}', 'write {fact: clusterName}'],
  ['{{ .Chart.Version }}', 'write the text itself'],
])('%s in a variable is no code', (text, hint) => {
  for (const value of [text, { text }])
    expect(findings({ container: { env: { A: value } } })).toEqual([
      expect.objectContaining({ code: 'addon/helm-action', hint: expect.stringContaining(hint) }),
    ])
})

test('other braces are texts of the engine', () => {
  expect(findings({ container: { env: { A: '{{ .State }} {{a}} .Values.x', B: '{{ }} .Values.x' } } })).toEqual([])
})
