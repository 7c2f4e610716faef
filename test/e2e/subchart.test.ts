import { describe, expect, test } from 'vitest'
import { compileQdrant } from '../support/compile-qdrant.ts'
import { HELMS, runHelm } from '../support/helm.ts'
import { at } from '../support/rendered-addons.ts'
import { folderOf, needHelm, template } from '../support/scratch-chart.ts'

/** A parent chart with the Qdrant chart below it. */
async function parent(dependency: string, values: string): Promise<string> {
  const chart = await compileQdrant()
  return folderOf([
    [
      'Chart.yaml',
      `apiVersion: v2\nname: platform\nversion: 1.0.0\ndependencies:\n  - name: qdrant\n    version: ${chart.version}\n    repository: ""\n${dependency}`,
    ],
    ['values.yaml', values],
    ...[...chart.tree].map(([path, { bytes }]) => [`charts/qdrant/${path}`, bytes] as const),
  ])
}

describe.for(HELMS)('as a subchart, under Helm %i', (major) => {
  test('it renders with global values, and takes values from its parent', async (context) => {
    needHelm(context, major)
    const folder = await parent('', 'global: {imageRegistry: example.org}\nqdrant: {image: {registry: example.org}}\n')
    const objects = template(major, folder)
    expect(objects).toHaveLength(template(major, `${folder}/charts/qdrant`).length)
    expect(JSON.stringify(objects)).toContain('example.org/qdrant/qdrant:v1.18.3')
    expect(runHelm(major, ['lint', folder])).not.toContain('[ERROR]')
  })

  test('a condition switches it on and off', async (context) => {
    needHelm(context, major)
    const folder = await parent('    condition: qdrant.enabled\n', 'qdrant: {enabled: true}\n')
    expect(template(major, folder).length).toBeGreaterThan(5)
    expect(template(major, folder, { qdrant: { enabled: false } })).toEqual([])
  })

  test('an alias changes its values key, and nothing that other objects refer to', async (context) => {
    needHelm(context, major)
    const folder = await parent('    alias: vectors\n    condition: vectors.enabled\n', 'vectors: {enabled: true, commonLabels: {team: x}}\n')
    const objects = template(major, folder)
    const plain = template(major, `${folder}/charts/qdrant`)
    const names = (list: readonly unknown[]) => list.map((object) => `${String(at(object, 'kind'))}/${String(at(object, 'metadata', 'name'))}`).sort()
    expect(names(objects)).toEqual(names(plain))
    for (const object of objects) expect(at(object, 'metadata', 'labels', 'team')).toBe('x')
  })

  test('a wrong value is refused with its name there too', async (context) => {
    needHelm(context, major)
    const folder = await parent('', '')
    expect(() => template(major, folder, { qdrant: { image: { registry: 5 } } })).toThrow(/registry/)
    expect(() => template(major, folder, { qdrant: { imagee: {} } })).toThrow(/imagee/)
  })
})
