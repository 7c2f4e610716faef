import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/index.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

/** What a release says about an addon with variables of a container and of a template, each with the variable it points at. */
function said(release: string, env: object, vars: object): readonly string[] {
  const container = { image: 'tiny', ports: { client: 1234 }, env, mounts: { conf: '/conf' } }
  const configs = { conf: { template: true, files: { 'a.conf': 'a.conf' }, vars } }
  const components = { tiny: { configs, containers: { tiny: container } } }
  const template = Object.keys(vars).map((name) => `{{ .${name} }}`)
  const { diagnostics } = compileInMemory({ ...SMALL, components }, { 'a.conf': `x${template.join('')}\n` }, release)
  const line = ({ severity, code, message, place }: Diagnostic) => `${severity} ${code} ${String(place?.path?.at(-1))}: ${message}`
  return diagnostics.map(line).sort()
}

const VER = { VER: { fact: 'serviceVersion' } }

test('0.9 cannot render a template that needs the version', () => {
  expect(said('0.9', {}, VER)).toEqual([
    'error target/unsupported VER: In KubeBlocks 0.9 nothing gives this fact, and a template with VER is not rendered.',
  ])
  expect(said('1.0', {}, VER)).toEqual([])
})

test('texts made of what 0.9 does not give are lost with it, also by way of others', () => {
  const env = { ...VER, NAME: { fact: 'podName' }, U: { text: 'v=${VER}' }, UU: { text: '${NAME} ${U}' }, FINE: { text: 'n=${NAME}' } }
  expect(said('0.9', env, {})).toEqual([
    'info target/fact-lost U: In KubeBlocks 0.9 nothing gives VER, which it is made of; U is not set.',
    'info target/fact-lost UU: In KubeBlocks 0.9 nothing gives U, which it is made of; UU is not set.',
    'info target/fact-lost VER: In KubeBlocks 0.9 nothing gives this fact; VER is not set.',
  ])
  expect(said('1.0', env, {})).toEqual([])
})

test('the chart of 0.9 holds none of them', () => {
  const env = { ...VER, U: { text: 'v=${VER}' }, NAME: { fact: 'podName' } }
  const components = { tiny: { containers: { tiny: { image: 'tiny', ports: { client: 1234 }, env } } } }
  const { chart } = compileInMemory({ ...SMALL, components }, {}, '0.9')
  const text = Buffer.from(chart?.tree.get('templates/componentdefinition.yaml')?.bytes ?? []).toString('utf8')
  expect(text).toContain('name: NAME')
  expect(text).not.toMatch(/name: U\b|VER/)
})
