import { at, keysAt, textAt } from '../../objects/index.ts'
import { DEFAULT_NAMESPACE } from '../cluster.ts'
import { ALL, NEW, OLD } from '../eras.ts'
import { nameProblem } from '../limits.ts'
import { configMapIn, nameOf, ofKind } from '../matching.ts'
import { type Finding, type Item, itemsAt, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/configuration/config_util.go'
const KINDS = ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition', 'SidecarDefinition']

/** Config and script templates of a definition of any kind, with the field that names their ConfigMap. */
function templatesOf(object: unknown): readonly (Item & { readonly reference: 'template' | 'templateRef' })[] {
  const root = whole(object)
  const old = [...itemsAt(root, 'spec', 'componentDefs'), ...itemsAt(root, 'spec', 'componentVersions')].flatMap((component) => [
    ...itemsAt(component, 'configSpecs'),
    ...itemsAt(component, 'scriptSpecs'),
  ])
  const own = [...itemsAt(root, 'spec', 'configs'), ...itemsAt(root, 'spec', 'scripts')]
  return [...old, ...own].map((item) => ({ ...item, reference: at(item.item, 'template') === undefined ? 'templateRef' : 'template' }))
}

/** The ConfigMap of a template: by name, in the namespace given, else in `default`. */
function templateSource(objects: readonly unknown[], template: unknown, reference: string): unknown {
  return configMapIn(objects, textAt(template, reference) ?? '', textAt(template, 'namespace') ?? DEFAULT_NAMESPACE)
}

const templateConfigMap: ValidationRule = {
  code: 'template/config-map',
  kinds: KINDS,
  releases: ALL,
  source: `release-0.5 to release-0.9:${CONTROLLER} getConfigMapByTemplateName; release-1.0:controllers/apps/componentdefinition_controller.go validateComponentFileTemplate`,
  check(object, objects, release) {
    // 0.8 does not look at the templates of a ComponentDefinition, but a cluster of it fails.
    return templatesOf(object).flatMap(({ item, path, reference }): readonly Finding[] => {
      const name = textAt(item, reference) ?? ''
      // A template managed elsewhere may name none from 1.0 on.
      if ((name === '' && release.agent === 'kbagent') || templateSource(objects, item, reference) !== undefined) return []
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
      const isEnv = ['asEnvFrom', 'injectEnvTo'].some((field) => at(item, field) !== undefined)
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
  check: (object, objects) =>
    templatesOf(object).flatMap(({ item, path }) => {
      const wanted = textAt(item, 'constraintRef') ?? ''
      if (wanted === '' || ofKind(objects, 'ConfigConstraint').some((constraint) => nameOf(constraint) === wanted)) return []
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

/** ParamConfigRenderers name templates of the definition they are for. */
const parametersTemplate: ValidationRule = {
  code: 'parameters/template',
  kinds: ['ParamConfigRenderer'],
  releases: ['1.0', '1.1'],
  source: 'release-1.0:controllers/parameters/paramconfigrenderer_controller.go validateParametersConfigs, fillParameterTemplate',
  check(object, objects) {
    const definition = ofKind(objects, 'ComponentDefinition').find((candidate) => nameOf(candidate) === textAt(object, 'spec', 'componentDef'))
    if (definition === undefined) return []
    const known = itemsAt(whole(definition), 'spec', 'configs').flatMap(({ item }) => textAt(item, 'name') ?? [])
    return itemsAt(whole(object), 'spec', 'configs').flatMap(({ item, path }) => {
      const wanted = textAt(item, 'templateName')
      if (wanted === undefined || wanted === '' || known.includes(wanted)) return []
      return [{ path: [...path, 'templateName'], message: `The ComponentDefinition "${nameOf(definition)}" has no config "${wanted}".` }]
    })
  },
}

const parametersDefinition: ValidationRule = {
  code: 'parameters/definition',
  kinds: ['ParamConfigRenderer'],
  releases: ['1.0', '1.1'],
  source: 'release-1.0:controllers/parameters/paramconfigrenderer_controller.go validateParametersDefs',
  check: (object, objects) =>
    itemsAt(whole(object), 'spec', 'parametersDefs').flatMap(({ item, path }) =>
      ofKind(objects, 'ParametersDefinition').some((definition) => nameOf(definition) === item)
        ? []
        : [{ path, message: `The chart has no ParametersDefinition "${String(item)}".` }],
    ),
}

/** Scripts of reloads are copied as they are, templates are rendered: no text with template code can be meant for both. */
const reloadScript: ValidationRule = {
  code: 'parameters/reload-script',
  kinds: ['ConfigConstraint', 'ParametersDefinition'],
  releases: ['0.9', '1.0', '1.1'],
  source: 'release-0.9 and release-1.0:pkg/configuration/config_manager/builder.go buildCfgManagerScripts, checkOrCreateConfigMap',
  check(object, objects) {
    const path = ['spec', 'reloadAction', 'shellTrigger', 'scriptConfig']
    const name = textAt(object, ...path, 'scriptConfigMapRef') ?? ''
    const source = configMapIn(objects, name, textAt(object, ...path, 'namespace') ?? DEFAULT_NAMESPACE)
    const isRendered = objects
      .flatMap(templatesOf)
      .some(({ item, reference }) => source !== undefined && templateSource(objects, item, reference) === source)
    if (!isRendered) return []
    return keysAt(source, 'data')
      .filter((key) => textAt(source, 'data', key)?.includes('{{'))
      .map((key) => ({
        path: [...path, 'scriptConfigMapRef'],
        message: `"${key}" of the ConfigMap "${name}" is rendered for pods, and reloads run it as it is.`,
      }))
  },
}

/** Before 1.0, and where another controller renders, each key has a template of its own. */
const templateBlank: ValidationRule = {
  code: 'template/blank',
  kinds: ['ComponentDefinition', 'SidecarDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/component/transformer_component_template.go renderFileTemplateData',
  check: (object, objects) =>
    templatesOf(object).flatMap(({ item, path, reference }) => {
      const data = at(templateSource(objects, item, reference), 'data')
      const texts = typeof data === 'object' && data !== null ? Object.entries(data) : []
      if (at(item, 'externalManaged') === true || texts.length < 2) return []
      return texts
        .filter(([, text]) => String(text).trim() === '')
        .map(([key]) => ({ path: [...path, reference], message: `The key "${key}" of its ConfigMap is blank, and gets the text of another key.` }))
    }),
}

export const templateRules: readonly ValidationRule[] = [
  parametersDefinition,
  parametersTemplate,
  reloadScript,
  templateBlank,
  templateConfigMap,
  templateConstraint,
  templateLabels,
  templateVolume,
]
