import { at, textAt } from '../../objects/index.ts'
import { DEFAULT_NAMESPACE } from '../cluster.ts'
import { ALL, NEW, OLD } from '../eras.ts'
import { nameProblem } from '../limits.ts'
import { configMapIn, nameOf, ofKind } from '../matching.ts'
import { type Finding, type Item, isGiven, itemsAt, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/configuration/config_util.go'
const KINDS = ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition', 'SidecarDefinition']

/** Config and script templates of a definition of any kind, with the field that names their ConfigMap. */
export function templatesOf(object: unknown): readonly (Item & { readonly reference: 'template' | 'templateRef' })[] {
  const root = whole(object)
  const old = [...itemsAt(root, 'spec', 'componentDefs'), ...itemsAt(root, 'spec', 'componentVersions')].flatMap((component) => [
    ...itemsAt(component, 'configSpecs'),
    ...itemsAt(component, 'scriptSpecs'),
  ])
  const own = [...itemsAt(root, 'spec', 'configs'), ...itemsAt(root, 'spec', 'scripts')]
  return [...old, ...own].map((item) => ({ ...item, reference: at(item.item, 'template') === undefined ? 'templateRef' : 'template' }))
}

/** The name of the ConfigMap of a template: `templateRef` before 1.0. */
export function configMapName(template: unknown): string {
  return textAt(template, 'template') ?? textAt(template, 'templateRef') ?? ''
}

/** The ConfigMap of a template: by name, in the namespace given, else in `default`. */
export function templateSource(objects: readonly unknown[], template: unknown): unknown {
  return configMapIn(objects, configMapName(template), textAt(template, 'namespace') ?? DEFAULT_NAMESPACE)
}

const templateConfigMap: ValidationRule = {
  code: 'template/config-map',
  kinds: KINDS,
  releases: ALL,
  source: `release-0.5 to release-0.9:${CONTROLLER} getConfigMapByTemplateName; release-1.0:controllers/apps/componentdefinition_controller.go validateComponentFileTemplate`,
  check(object, objects, release, others) {
    const all = [...objects, ...others]
    // 0.8 does not look at the templates of a ComponentDefinition, but a cluster of it fails.
    return templatesOf(object).flatMap(({ item, path, reference }): readonly Finding[] => {
      const name = textAt(item, reference) ?? ''
      // A template managed elsewhere may name none from 1.0 on.
      if ((name === '' && release.agent === 'kbagent') || templateSource(all, item) !== undefined) return []
      const namespace = textAt(item, 'namespace')
      const where = namespace === undefined ? 'in the namespace "default", which counts when none is given' : `in the namespace "${namespace}"`
      return [{ path: [...path, reference], message: `The chart has no ConfigMap "${name}" ${where}.` }]
    })
  },
}

const templateVolume: ValidationRule = {
  code: 'template/volume-name',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition'],
  releases: ['0.7', '0.8', '0.9'],
  source: `release-0.7 to release-0.9:${CONTROLLER} validateConfigTemplate`,
  check: (object) =>
    templatesOf(object).flatMap(({ item, path }) => {
      const isEnv = ['asEnvFrom', 'injectEnvTo'].some((field) => isGiven(item, field))
      const isMissing = (textAt(item, 'volumeName') ?? '') === '' && !isEnv
      return isMissing
        ? [{ path: [...path, 'volumeName'], message: `"${textAt(item, 'name')}" names neither a volume nor containers that get it as environment.` }]
        : []
    }),
}

const templateConstraint: ValidationRule = {
  code: 'template/constraint',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition'],
  releases: OLD,
  source: `release-0.5 to release-0.9:${CONTROLLER} validateConfigTemplate`,
  check: (object, objects, _release, others) =>
    templatesOf(object).flatMap(({ item, path }) => {
      const wanted = textAt(item, 'constraintRef') ?? ''
      if (wanted === '' || ofKind([...objects, ...others], 'ConfigConstraint').some((constraint) => nameOf(constraint) === wanted)) return []
      return [{ path: [...path, 'constraintRef'], message: `The chart has no ConfigConstraint "${wanted}".` }]
    }),
}

/** Names become parts of label keys on the definition. */
const templateLabels: ValidationRule = {
  code: 'template/label',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition'],
  releases: OLD,
  source: `release-0.5 to release-0.9:${CONTROLLER} updateLabelsByConfigSpec`,
  check: (object, _objects, release) =>
    templatesOf(object).flatMap(({ item, path }) =>
      (
        [
          ['name', 'template'],
          ['constraintRef', 'configConstraint'],
          ['templateRef', 'templateMap'],
        ] as const
      ).flatMap(([field, limit]) => {
        const name = textAt(item, field)
        const problem = name === undefined || name === '' ? undefined : nameProblem(release, limit, name)
        return problem === undefined ? [] : [{ path: [...path, field], message: `"${name}" becomes part of a label, and ${problem}.` }]
      }),
    ),
}

/** Before 1.0, and where another controller renders, each key has a template of its own. */
const templateBlank: ValidationRule = {
  code: 'template/blank',
  kinds: ['ComponentDefinition', 'SidecarDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/component/transformer_component_template.go renderFileTemplateData',
  check: (object, objects) =>
    templatesOf(object).flatMap(({ item, path, reference }) => {
      const data = at(templateSource(objects, item), 'data')
      const texts = typeof data === 'object' && data !== null ? Object.entries(data) : []
      if (at(item, 'externalManaged') === true || texts.length < 2) return []
      return texts
        .filter(([, text]) => String(text).trim() === '')
        .map(([key]) => ({ path: [...path, reference], message: `The key "${key}" of its ConfigMap is blank, and gets the text of another key.` }))
    }),
}

export const templateRules: readonly ValidationRule[] = [templateBlank, templateConfigMap, templateConstraint, templateLabels, templateVolume]
