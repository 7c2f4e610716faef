import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { createWorkspace } from '../support/workspace.ts'

const chart = await compileQdrant()
const values = parse(Buffer.from(chart.tree.get('values.yaml')?.bytes ?? []).toString('utf8'), { version: '1.1' }) as object

/** Every leaf of values.yaml: its keys and its default. An empty map is a leaf. */
function leaves(value: unknown, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [{ path, value }]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
}

const LEAVES = leaves(values).map(({ path, value }) => ({ name: path.join(' > '), path, value }))

/** A valid value other than the default. */
function other(path: readonly string[], value: unknown): unknown {
  if (path.at(-1) === 'pullPolicy') return 'Always'
  if (typeof value === 'string') return `${value}x`.toLowerCase()
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return { team: 'data' }
}

const nested = (path: readonly string[], value: unknown): unknown => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)

describe.each(TESTED_HELMS)('values with Helm %i', (major) => {
  const render = (folder: string, ...args: readonly string[]) => renderedObjects(runHelm(major, ['template', 'r', folder, ...args]))
  /** What the chart renders to with values on top of its own. */
  const renderWith = (...extra: readonly unknown[]) => {
    const workspace = createWorkspace()
    const folder = chartOnDisk(chart)
    for (const [i, value] of extra.entries()) workspace.write(`values-${i}.json`, JSON.stringify(value))
    return render(folder, ...extra.flatMap((_, i) => ['--values', `${workspace.path}/values-${i}.json`]))
  }
  /** The key of the API key shows only where there is a Secret. */
  const SECRET = { apiKeySecretName: 'secret' }

  test.each(LEAVES)('$name changes the rendering', ({ path, value }) => {
    expect(renderWith(SECRET, nested(path, other(path, value)))).not.toEqual(renderWith(SECRET))
  })

  test.each(LEAVES)('$name cannot be null', ({ path }) => {
    expect(() => renderWith(nested(path, null))).toThrow(path.at(-1))
  })

  test.each(LEAVES)('$name has a type', ({ path, value }) => {
    expect(() => renderWith(nested(path, typeof value === 'object' ? 'text' : { a: 1 }))).toThrow(path.at(-1))
  })

  test.each(['imag', 'image.registri', 'images.qdrant.tag'])('the unknown value %s is refused', (name) => {
    expect(() => renderWith(nested(name.split('.'), 'x'))).toThrow(name.split('.').at(-1))
  })

  test('labels of the chart cannot be taken by commonLabels', () => {
    expect(() => renderWith({ commonLabels: { 'app.kubernetes.io/name': 'x' } })).toThrow('commonLabels')
    const labels = renderWith({ commonLabels: { 'example.org/a': 'yes', on: '1e3' } }).map(
      (object) => (object as { metadata: { labels: unknown } }).metadata.labels,
    )
    for (const each of labels) expect(each).toMatchObject({ 'example.org/a': 'yes', on: '1e3', 'app.kubernetes.io/name': 'qdrant' })
  })

  test('the API key comes from a Secret, and only when it is named', () => {
    expect(JSON.stringify(renderWith())).not.toContain('"name":"QDRANT__SERVICE__API_KEY"')
    const text = JSON.stringify(renderWith({ apiKeySecretName: 'keys', apiKeySecretKey: 'qdrant' }))
    expect(
      text.match(/"name":"QDRANT__SERVICE__API_KEY","valueFrom":\{"secretKeyRef":\{"name":"keys","key":"qdrant","optional":true\}\}/g),
    ).toHaveLength(2)
  })

  test('the chart is a subchart: alias, condition, global values', () => {
    const folder = chartOnDisk(chart)
    const workspace = createWorkspace({
      'parent/Chart.yaml': `apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n  - {name: qdrant, version: 0.1.0, repository: "file://${folder}", alias: vectors, condition: vectors.enabled}\n`,
      'parent/values.yaml': 'global: {team: a}\nvectors: {enabled: true, image: {registry: mirror.example}}\n',
    })
    for (const [name, { bytes }] of chart.tree) workspace.write(`parent/charts/qdrant/${name}`, bytes)
    const objects = render(`${workspace.path}/parent`)
    expect(objects).toHaveLength(renderWith().length)
    expect(JSON.stringify(objects)).toContain('mirror.example/qdrant/qdrant:v1.18.3')
    expect(render(`${workspace.path}/parent`, '--set', 'vectors.enabled=false')).toEqual([])
  })
})
