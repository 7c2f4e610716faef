import { describe, expect, test } from 'vitest'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

/** Codes of the errors of a descriptor; compiling must not throw. */
function errors(descriptor: object, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { chart, diagnostics } = compileInMemory(descriptor, files)
  const found = diagnostics.filter(({ severity }) => severity === 'error')
  expect(chart === undefined).toBe(found.length > 0)
  for (const { place } of found) expect(place?.line).toBeGreaterThan(0)
  return found.map(({ code }) => code)
}

const container = { image: 'tiny', ports: { client: 1234 } }

describe('what would overwrite another part of the chart is refused', () => {
  test('two dashboards with one file name', () => {
    expect(errors({ ...SMALL, dashboards: ['a/x.json', 'b/x.json'] }, { 'a/x.json': '{}', 'b/x.json': '{}' })).not.toEqual([])
  })

  test('two dashboards whose objects have one name', () => {
    expect(errors({ ...SMALL, dashboards: ['x_1.json', 'x-1.json'] }, { 'x_1.json': '{}', 'x-1.json': '{}' })).not.toEqual([])
  })

  test('a parameter that is a group for another', () => {
    const parameters = JSON.stringify({
      wal: { type: 'string', change: 'static', description: 'A value.' },
      'wal.size': { type: 'integer', change: 'static', description: 'In a group.' },
    })
    const components = {
      tiny: {
        configs: { conf: { files: { 'c.yaml': { path: 'c.yaml', format: 'yaml', parameters: 'p.yaml' } } } },
        containers: { tiny: { ...container, mounts: { conf: '/c' } } },
      },
    }
    expect(errors({ ...SMALL, components }, { 'c.yaml': 'a: 1\n', 'p.yaml': parameters })).not.toEqual([])
  })

  test('versions that give one ClusterVersion name', () => {
    const versions = [
      { version: '1.0.0+a', images: { tiny: '1' } },
      { version: '1.0.0-a', images: { tiny: '1' } },
    ]
    expect(errors({ ...SMALL, versions })).not.toEqual([])
  })

  test('configs of two components that give one ConfigMap name', () => {
    const configs = (name: string) => ({ configs: { [name]: { files: { c: 'c' } } }, containers: { x: { image: 'tiny', mounts: { [name]: '/c' } } } })
    expect(errors({ ...SMALL, components: { a: configs('b-c'), 'a-b': configs('c') } }, { c: 'x\n' })).not.toEqual([])
  })
})

describe('half a surrogate pair', () => {
  test.for(['description', 'license'])('in %s is refused, since UTF-8 cannot carry it', (field) => {
    expect(errors({ ...SMALL, [field]: 'a\ud800b' })).not.toEqual([])
  })
})
