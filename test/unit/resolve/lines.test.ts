import { expect, test } from 'vitest'
import { fixture } from '../../support/fixture-addon.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

test('an addon without lines has one without a name', () => {
  const { addon } = resolveInMemory(SMALL)
  expect(addon?.lines.map(({ name }) => name)).toEqual([undefined])
  expect(addon?.lines[0]?.components).toBe(addon?.components)
  expect(addon?.lines[0]?.versions).toEqual(addon?.versions)
})

test('a line has whole components: its own laid over the base', () => {
  const { descriptor, files } = fixture('lines')
  const { addon, diagnostics } = resolveInMemory(descriptor, files)
  expect(diagnostics).toEqual([])
  const [new_, old] = addon?.lines ?? []
  expect(new_?.versions.map(({ version }) => version)).toEqual(['8.0.36', '8.0.33'])
  expect(addon?.components).toBe(new_?.components)
  const engine = old?.components[0]
  expect(engine?.containers.map(({ name, image }) => `${name} ${image}`)).toEqual(['engine engine5', 'helper helper'])
  expect(engine?.containers[0]?.ports.map(({ name }) => name)).toEqual(['engine'])
  expect(engine?.containers[0]?.env.map(({ name }) => name)).toEqual(['VERSION', 'MODE', 'OLD'])
  expect(engine?.scripts?.files.map(({ name }) => name)).toEqual(['start-5.sh'])
  expect(engine?.configs[0]?.files[0]).toMatchObject({ path: 'config/my-5.ini', format: 'ini' })
})

test('what a line says stands in its override, everything else in the base', () => {
  const { descriptor, files } = fixture('lines')
  const { addon } = resolveInMemory(descriptor, files)
  const engine = addon?.lines[1]?.components[0]?.containers[0]
  const at = (name: string) => engine?.env.find((variable) => variable.name === name)?.origin
  expect(at('MODE')).toEqual(['lines', 1, 'override', 'components', 'engine', 'containers', 'engine', 'env', 'MODE'])
  expect(at('VERSION')).toEqual(['components', 'engine', 'containers', 'engine', 'env', 'VERSION'])
  expect(engine?.readiness?.origin).toEqual(['components', 'engine', 'containers', 'engine', 'readiness'])
})

test('a version needs tags for the images of its line only', () => {
  const { descriptor, files } = fixture('lines')
  const { diagnostics } = resolveInMemory(descriptor.replace('images: {engine5: "5.7.44"}', 'images: {engine: "5.7.44"}'), files)
  expect(diagnostics.map(({ message }) => message)).toEqual(['Version 5.7.44 has no tag for the image "engine5".'])
})

test('null takes a component out of a line', () => {
  const two = { ...SMALL.components, other: { containers: { other: { image: 'tiny' } } } }
  const versions = ['1.0.0', '2.0.0'].map((version) => ({ version, images: { tiny: version } }))
  const lines = [
    { name: '1', versions: ['1.0.0'], override: { components: { other: null } } },
    { name: '2', versions: ['2.0.0'] },
  ]
  const { addon, diagnostics } = resolveInMemory({ ...SMALL, versions, components: two, lines })
  expect(diagnostics).toEqual([])
  expect(addon?.lines.map(({ components }) => components.map(({ name }) => name))).toEqual([['tiny'], ['tiny', 'other']])
})
