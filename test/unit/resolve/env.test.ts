import { expect, test } from 'vitest'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

/** What `URL` becomes with a text made of variables. */
function composed(text: string) {
  const env = { HOST: { fact: 'podIP' }, PORT: '80', URL: { text } }
  const { addon, diagnostics } = resolveInMemory({ ...SMALL, components: { tiny: { containers: { tiny: { image: 'tiny', env } } } } })
  return { value: addon?.components[0]?.containers[0]?.env.find(({ name }) => name === 'URL')?.value, codes: diagnostics.map(({ code }) => code) }
}

test.for([
  ['http://${HOST}:${PORT}/', ['http://', { variable: 'HOST' }, ':', { variable: 'PORT' }, '/']],
  ['$$${HOST}', ['$', { variable: 'HOST' }]],
  ['$HOST $$ $(x) ${HOST}', ['$HOST $ $(x) ', { variable: 'HOST' }]],
  ['${HOST}${HOST}', [{ variable: 'HOST' }, { variable: 'HOST' }]],
] as const)('%j is composed of %j', ([text, parts]) => {
  expect(composed(text)).toEqual({ value: { kind: 'composed', parts }, codes: [] })
})

test('a text without variables is a text', () => {
  expect(composed('$$ a').value).toEqual({ kind: 'text', text: '$ a' })
})

test.for(['${NOWHERE}', '${}', '${URL}'])('%j refers to nothing', (text) => {
  expect(composed(text).codes).toEqual(['addon/reference'])
})

test('a literal secret is one in a composed text too', () => {
  const env = { PASSWORD: { text: 'hunter2' } }
  const { diagnostics } = resolveInMemory({ ...SMALL, components: { tiny: { containers: { tiny: { image: 'tiny', env } } } } })
  expect(diagnostics.map(({ code }) => code)).toEqual(['addon/secret-literal'])
})

test('components may tell each other about each other', () => {
  const component = (other: string) => ({
    services: { default: { ports: [`${other}-p`] } },
    containers: { [`for-${other}`]: { image: 'tiny', ports: { [`${other}-p`]: 1 }, env: { OTHER: { fact: 'serviceHost', of: other } } } },
  })
  expect(resolveInMemory({ ...SMALL, components: { a: component('b'), b: component('a') } }).diagnostics).toEqual([])
})
