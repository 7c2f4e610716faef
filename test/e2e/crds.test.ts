import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { describe, expect, test } from 'vitest'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { ROOT } from '../support/workspace.ts'

type Schema = { [key: string]: unknown }

const CRDS = join(ROOT, '../shared/kubeblocks/crds/0.6')

/** What the API server would prune is an error here: every object with known properties is closed, preserved or not (PodSpec is preserved in these CRDs). */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const { format: _format, 'x-kubernetes-preserve-unknown-fields': preserve, 'x-kubernetes-int-or-string': either, ...rest } = schema as Schema
  const inner = (key: string, value: unknown): unknown => {
    if (key === 'default' || key === 'enum') return value
    // The keys of `properties` are names of fields, not keywords.
    return key === 'properties' ? Object.fromEntries(Object.entries(value as Schema).map(([name, field]) => [name, strict(field)])) : strict(value)
  }
  const copy: Schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inner(key, value)]))
  if (either === true) return { type: ['integer', 'string'] }
  if (copy.type === 'object' && copy.properties !== undefined && copy.additionalProperties === undefined) copy.additionalProperties = false
  return preserve === true && copy.properties === undefined ? {} : copy
}

/** Validators of a release's kinds, by kind. */
function validators(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false })
  return new Map(
    readdirSync(CRDS).map((file) => {
      const crd = JSON.parse(readFileSync(join(CRDS, file), 'utf8')) as {
        spec: { names: { kind: string }; versions: readonly { storage: boolean; schema: { openAPIV3Schema: Schema } }[] }
      }
      const schema = strict(crd.spec.versions.find(({ storage }) => storage)?.schema.openAPIV3Schema) as { properties: Schema }
      schema.properties.metadata = { type: 'object' }
      return [crd.spec.names.kind, ajv.compile(schema)] as const
    }),
  )
}

describe.skipIf(!existsSync(CRDS))('against the CRDs of KubeBlocks 0.6 (skipped without the shared folder)', async () => {
  const chart = await compileQdrant()
  const byKind = validators()
  const render = (major: 3 | 4, ...args: readonly string[]) =>
    renderedObjects(runHelm(major, ['template', 'r', chartOnDisk(chart), ...args])) as readonly { kind: string; metadata: { name: string } }[]

  test.each(TESTED_HELMS)('every object is valid, with no unknown field (Helm %i)', (major) => {
    for (const args of [[], ['--set', 'apiKeySecretName=keys']]) {
      const kinds = new Set<string>()
      for (const object of render(major, ...args)) {
        const validate = byKind.get(object.kind)
        if (object.kind === 'ConfigMap') continue
        kinds.add(object.kind)
        expect(validate, object.kind).toBeDefined()
        expect(validate?.(object) === true ? [] : validate?.errors, `${object.kind} ${object.metadata.name}`).toEqual([])
      }
      expect([...kinds].sort()).toEqual(['BackupPolicyTemplate', 'BackupTool', 'ClusterDefinition', 'ClusterVersion', 'ConfigConstraint'])
    }
  })

  test('the validators see what the published chart did wrong', () => {
    const [major] = TESTED_HELMS
    if (major === undefined) return
    // biome-ignore lint/suspicious/noExplicitAny: the test changes a rendered object
    const definition = structuredClone(render(major).find(({ kind }) => kind === 'ClusterDefinition')) as any
    definition.spec.componentDefs[0].podSpec.containers[0].dnsPolicy = 'ClusterFirst'
    definition.spec.componentDefs[0].scriptsSpecs = []
    const validate = byKind.get('ClusterDefinition')
    expect(validate?.(definition)).toBe(false)
    expect(validate?.errors?.map(({ params }) => params.additionalProperty).sort()).toEqual(['dnsPolicy', 'scriptsSpecs'])
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
