import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadApi, loadRules } from '../../src/apimodel/index.ts'
import { CRDS, readModel, sharedCrds } from '../support/api-model.ts'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'

type Schema = { readonly [keyword: string]: unknown }

/** Fields of a value that its CRD does not list, whether it would preserve them or not (PodSpec is preserved in these CRDs). Knows nothing of the API model. */
function unlisted(schema: Schema, value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unlisted(Object(schema.items), item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const { properties, additionalProperties } = schema
  if (properties === undefined && additionalProperties === undefined) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const field: unknown = Object.hasOwn(Object(properties), key) ? Reflect.get(Object(properties), key) : additionalProperties
    return field === undefined ? [`${path}.${key}`] : unlisted(Object(field), inner, `${path}.${key}`)
  })
}

interface Rendered {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
}

describe('against the API of KubeBlocks 0.6', async () => {
  const chart = await compileQdrant()
  const api = await loadApi('0.6', { read: readModel })
  const rules = await loadRules()
  const render = (major: 3 | 4, ...args: readonly string[]) =>
    renderedObjects(runHelm(major, ['template', 'r', chartOnDisk(chart), ...args])) as readonly Rendered[]

  test.each(TESTED_HELMS)('every object is valid, with no unknown field and no broken rule (Helm %i)', (major) => {
    for (const args of [[], ['--set', 'apiKeySecretName=keys']]) {
      const objects = render(major, ...args).filter(({ apiVersion }) => api.covers(apiVersion))
      for (const object of objects) {
        const { problems, skipped } = api.examine(object, { rules })
        expect(problems, `${object.kind} ${object.metadata.name}`).toEqual([])
        expect(skipped.filter(({ why }) => why !== 'transition')).toEqual([])
      }
      const kinds = new Set(objects.map(({ kind }) => kind))
      expect([...kinds].sort()).toEqual(['BackupPolicyTemplate', 'BackupTool', 'ClusterDefinition', 'ClusterVersion', 'ConfigConstraint'])
    }
  })

  test.skipIf(!existsSync(CRDS))('every field is listed in the CRDs themselves (skipped without the shared folder)', () => {
    const [major] = TESTED_HELMS
    if (major === undefined) return
    const schemas = new Map(
      sharedCrds('0.6').map(({ spec }) => [spec.names.kind, spec.versions.find(({ storage }) => storage)?.schema.openAPIV3Schema] as const),
    )
    for (const object of render(major)) {
      if (!api.covers(object.apiVersion)) continue
      const schema = schemas.get(object.kind)
      expect(schema && unlisted(schema, object), object.kind).toEqual([])
    }
  })

  test('what the published chart did wrong is seen', () => {
    const [major] = TESTED_HELMS
    if (major === undefined) return
    // biome-ignore lint/suspicious/noExplicitAny: the test changes a rendered object
    const definition = structuredClone(render(major).find(({ kind }) => kind === 'ClusterDefinition')) as any
    definition.spec.componentDefs[0].podSpec.containers[0].dnsPolicy = 'ClusterFirst'
    definition.spec.componentDefs[0].scriptsSpecs = []
    definition.spec.componentDefs[0].workloadType = 'Consensus'
    expect(api.check(definition, { rules }).map(({ kind, path }) => `${kind} ${path.at(-1)}`)).toEqual([
      'unknown-field dnsPolicy',
      'unknown-field scriptsSpecs',
      'rule 0',
    ])
  })

  test('the rules of the operator that no schema holds (API.md 4.1)', () => {
    const [major] = TESTED_HELMS
    if (major === undefined) return
    // biome-ignore lint/suspicious/noExplicitAny: the test reads rendered objects of every kind
    const objects = render(major) as readonly any[]
    const named = (kind: string) => objects.filter((object) => object.kind === kind).map((object) => object.metadata.name)
    for (const component of objects.flatMap((object) => object.spec?.componentDefs ?? [])) {
      for (const spec of [...component.configSpecs, ...component.scriptSpecs]) {
        expect(named('ConfigMap')).toContain(spec.templateRef)
        expect(spec.namespace).toBe('default')
        expect(spec.volumeName).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/)
        expect(spec.name.length).toBeLessThanOrEqual(59)
        if (spec.constraintRef !== undefined) expect(named('ConfigConstraint')).toContain(spec.constraintRef)
      }
      // The probe sidecar takes the first port of the first container for the engine's (API.md 5.1).
      expect(component.podSpec.containers[0].ports[0].name).toBe(component.service.ports[0].name)
    }
    for (const name of named('ConfigConstraint')) expect(name.length).toBeLessThanOrEqual(51)
  })
})
