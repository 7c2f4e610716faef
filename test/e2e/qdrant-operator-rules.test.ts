import { beforeAll, describe, expect, test } from 'vitest'
import type { CompiledChart } from '../../src/pipeline.ts'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { HELMS } from '../support/helm.ts'
import { at } from '../support/rendered-addons.ts'
import { needHelm, template } from '../support/scratch-chart.ts'

let chart: CompiledChart
beforeAll(async () => {
  chart = await compileQdrant()
})

function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

// What the controllers and webhooks of KubeBlocks 0.6 demand beyond the CRDs.
describe.for(HELMS)('rules of the operator, on what Helm %i renders', (major) => {
  test('hold', (context) => {
    needHelm(context, major)
    const objects = template(major, chartOnDisk(chart))
    const ofKind = (kind: string) => objects.filter((object) => at(object, 'kind') === kind)
    const names = (kind: string) => ofKind(kind).map((object) => at(object, 'metadata', 'name'))
    const [definition] = ofKind('ClusterDefinition')
    const componentNames = list(definition, 'spec', 'componentDefs').map((component) => at(component, 'name'))

    for (const component of list(definition, 'spec', 'componentDefs')) {
      expect(String(at(component, 'name')).length).toBeLessThanOrEqual(22)
      const specs = [...list(component, 'configSpecs'), ...list(component, 'scriptSpecs')]
      for (const spec of specs) {
        // The ConfigMap has to be in the namespace given, which is "default" when none is.
        expect(at(spec, 'namespace')).toBe('kb-system')
        const map = ofKind('ConfigMap').find((object) => at(object, 'metadata', 'name') === at(spec, 'templateRef'))
        expect(at(map, 'metadata', 'namespace')).toBe('kb-system')
        expect(at(spec, 'volumeName')).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/)
        // Names become parts of labels: config.kubeblocks.io/tpl-NAME and constraints-NAME.
        expect(String(at(spec, 'name')).length).toBeLessThanOrEqual(59)
        expect(String(at(spec, 'templateRef')).length).toBeLessThanOrEqual(63)
        const constraint = at(spec, 'constraintRef')
        if (constraint !== undefined) {
          expect(names('ConfigConstraint')).toContain(constraint)
          expect(String(constraint).length).toBeLessThanOrEqual(51)
        }
        for (const key of list(spec, 'keys')) expect(Object.keys(Object(at(map, 'data')))).toContain(key)
      }
      for (const field of ['name', 'volumeName', 'templateRef']) {
        const given = list(component, 'configSpecs').map((spec) => at(spec, field))
        expect(new Set(given).size).toBe(given.length)
      }
      const volumes = list(component, 'podSpec', 'containers', 0, 'volumeMounts').map((mount) => at(mount, 'name'))
      for (const { volumeName } of specs.map((spec) => ({ volumeName: at(spec, 'volumeName') }))) expect(volumes).toContain(volumeName)
      for (const type of list(component, 'volumeTypes')) expect(volumes).toContain(at(type, 'name'))
    }

    for (const version of ofKind('ClusterVersion')) {
      expect(at(version, 'spec', 'clusterDefinitionRef')).toBe(at(definition, 'metadata', 'name'))
      expect(list(version, 'spec', 'componentVersions').map((component) => at(component, 'componentDefRef'))).toEqual(componentNames)
      for (const component of list(version, 'spec', 'componentVersions')) {
        const own = list(definition, 'spec', 'componentDefs').find((candidate) => at(candidate, 'name') === at(component, 'componentDefRef'))
        for (const part of ['containers', 'initContainers'])
          expect(list(component, 'versionsContext', part).map((container) => at(container, 'name'))).toEqual(
            list(own, 'podSpec', part).map((container) => at(container, 'name')),
          )
      }
    }
    expect(
      ofKind('ClusterVersion').filter((version) => at(version, 'metadata', 'annotations', 'kubeblocks.io/is-default-cluster-version') === 'true'),
    ).toHaveLength(1)

    // Without reload options nothing is to be validated there; the schema needs its top level name.
    for (const constraint of ofKind('ConfigConstraint')) {
      expect(at(constraint, 'spec', 'reloadOptions')).toBeUndefined()
      expect(String(at(constraint, 'spec', 'configurationSchema', 'cue'))).toContain(`#${String(at(constraint, 'spec', 'cfgSchemaTopLevelName'))}: {`)
    }

    // 0.6 finds the template by this label alone, and makes the cluster fail over an unknown component.
    for (const policy of ofKind('BackupPolicyTemplate')) {
      expect(at(policy, 'metadata', 'labels', 'clusterdefinition.kubeblocks.io/name')).toBe('qdrant')
      for (const item of list(policy, 'spec', 'backupPolicies')) {
        expect(componentNames).toContain(at(item, 'componentDefRef'))
        expect(names('BackupTool')).toContain(at(item, 'datafile', 'backupToolName'))
        expect(at(item, 'retention', 'ttl')).toMatch(/^\d+[dDhH]$/)
      }
    }
    // Two objects of one kind and name would overwrite each other.
    const identities = objects.map((object) => `${String(at(object, 'kind'))}/${String(at(object, 'metadata', 'name'))}`)
    expect(new Set(identities).size).toBe(identities.length)
    for (const map of ofKind('ConfigMap')) expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(1024 * 1024)
  })
})
