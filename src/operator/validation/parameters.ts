import { suggestAmong } from '../../diagnostics/index.ts'
import { at, keysAt, textAt } from '../../objects/index.ts'
import { DEFAULT_NAMESPACE } from '../cluster.ts'
import { ALL, OLD } from '../eras.ts'
import { configMapIn, nameMatches, nameOf, ofKind } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import { type Finding, isGiven, itemsAt, type ObjectPath, type ValidationRule, whole } from './rule.ts'
import { templateSource, templatesOf } from './templates.ts'

const RENDERER = 'controllers/parameters/paramconfigrenderer_controller.go'

/** ComponentDefinitions that a ParamConfigRenderer is for: 1.0 takes the name as it is, 1.1 as a pattern. */
export function definitionsFor(release: OperatorRelease, objects: readonly unknown[], wanted: string): readonly unknown[] {
  return ofKind(objects, 'ComponentDefinition').filter((definition) =>
    release.version === '1.0' ? nameOf(definition) === wanted : nameMatches(release, nameOf(definition), wanted),
  )
}

/** Whether one of the ConfigMaps has a file, or is not there to be looked at. A renderer without the name of a template finds it by its file. */
function mayHaveFile(objects: readonly unknown[], configs: readonly unknown[], file: string): boolean {
  return configs.some((config) => {
    const source = templateSource(objects, config)
    return source === undefined || keysAt(source, 'data').includes(file)
  })
}

/** ParamConfigRenderers name templates of the definition they are for. */
const parametersTemplate: ValidationRule = {
  code: 'parameters/template',
  kinds: ['ParamConfigRenderer'],
  releases: ['1.0', '1.1'],
  source: `release-1.0:${RENDERER} validateParametersConfigs, fillParameterTemplate`,
  check: (object, objects, release) =>
    definitionsFor(release, objects, textAt(object, 'spec', 'componentDef') ?? '').flatMap((definition) => {
      const configs = itemsAt(whole(definition), 'spec', 'configs').map(({ item }) => item)
      const known = configs.flatMap((item) => textAt(item, 'name') ?? [])
      return itemsAt(whole(object), 'spec', 'configs').flatMap(({ item, path }): readonly Finding[] => {
        const wanted = textAt(item, 'templateName') ?? ''
        if (known.includes(wanted) || (wanted === '' && mayHaveFile(objects, configs, textAt(item, 'name') ?? ''))) return []
        const what = wanted === '' ? `config with a file "${textAt(item, 'name')}"` : `config "${wanted}"`
        return [
          {
            path: [...path, wanted === '' ? 'name' : 'templateName'],
            message: `The ComponentDefinition "${nameOf(definition)}" has no ${what}.`,
            hint: wanted === '' ? undefined : suggestAmong(wanted, known),
          },
        ]
      })
    }),
}

const parametersDefinition: ValidationRule = {
  code: 'parameters/definition',
  kinds: ['ParamConfigRenderer'],
  releases: ['1.0', '1.1'],
  source: `release-1.0:${RENDERER} validateParametersDefs`,
  check: (object, objects, _release, others) =>
    itemsAt(whole(object), 'spec', 'parametersDefs').flatMap(({ item, path }) =>
      ofKind([...objects, ...others], 'ParametersDefinition').some((definition) => nameOf(definition) === item)
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
    const isRendered = objects.flatMap(templatesOf).some(({ item }) => source !== undefined && templateSource(objects, item) === source)
    if (!isRendered) return []
    return keysAt(source, 'data')
      .filter((key) => textAt(source, 'data', key)?.includes('{{'))
      .map((key) => ({
        path: [...path, 'scriptConfigMapRef'],
        message: `"${key}" of the ConfigMap "${name}" is rendered for pods, and reloads run it as it is.`,
      }))
  },
}

const parametersComponent: ValidationRule = {
  code: 'parameters/component',
  kinds: ['ParamConfigRenderer'],
  releases: ['1.0', '1.1'],
  source: `release-1.0 and release-1.1:${RENDERER} reconcile`,
  check(object, objects, release, others) {
    const wanted = textAt(object, 'spec', 'componentDef') ?? ''
    const all = [...objects, ...others]
    if (definitionsFor(release, all, wanted).length > 0) return []
    const names = ofKind(all, 'ComponentDefinition').map(nameOf)
    return [
      {
        path: ['spec', 'componentDef'],
        message: `No ComponentDefinition of the chart ${release.version === '1.0' ? 'has the name' : 'matches'} "${wanted}".`,
        hint: suggestAmong(wanted, names),
      },
    ]
  },
}

/** Such a template has no ConfigMap until the controller of parameters makes one, which it does where a renderer asks for it. */
const unrendered: ValidationRule = {
  code: 'parameters/renderer',
  kinds: ['ComponentDefinition'],
  releases: ['1.0', '1.1'],
  source: 'release-1.0:controllers/apps/component/transformer_component_template.go precheck; controllers/parameters/reconcile_task.go',
  check(object, objects, release, others) {
    const hasRenderer = ofKind([...objects, ...others], 'ParamConfigRenderer').some(
      (renderer) => definitionsFor(release, [object], textAt(renderer, 'spec', 'componentDef') ?? '').length > 0,
    )
    return hasRenderer
      ? []
      : itemsAt(whole(object), 'spec', 'configs')
          .filter(({ item }) => at(item, 'externalManaged') === true)
          .map(({ item, path }) => ({
            path: [...path, 'externalManaged'],
            message: `No ParamConfigRenderer is for the definition, so clusters wait for "${textAt(item, 'name')}" unless they bring a ConfigMap.`,
          }))
  },
}

const SIGNALS = `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF
WINCH IO PWR SYS`
  .split(/\s+/)
  .map((name) => `SIG${name}`)

/** Definitions wait for a constraint whose reload they cannot take. */
const reload: ValidationRule = {
  code: 'parameters/reload',
  kinds: ['ConfigConstraint'],
  releases: OLD,
  source: 'release-0.5:internal/configuration/config_manager/handler_util.go ValidateReloadOptions; release-0.9:pkg/configuration/config_manager',
  check(object, objects, { version }) {
    const field = isGiven(object, 'spec', 'reloadAction') ? 'reloadAction' : 'reloadOptions'
    const path = ['spec', field]
    if (!isGiven(object, ...path)) return []
    const has = (trigger: string): boolean => isGiven(object, ...path, trigger)
    if (has('unixSignalTrigger')) return signal(object, [...path, 'unixSignalTrigger', 'signal'])
    if (has('shellTrigger')) return shell(object, [...path, 'shellTrigger'], version)
    if (has('tplScriptTrigger')) return tplScript(object, [...path, 'tplScriptTrigger'], objects)
    // From 0.8 on there is one for engines that look at the file themselves.
    return has('autoTrigger') && ['0.8', '0.9'].includes(version) ? [] : [{ path, message: 'None of the triggers is there that the operator knows.' }]
  },
}

function signal(object: unknown, path: readonly string[]): readonly Finding[] {
  const name = textAt(object, ...path) ?? ''
  return SIGNALS.includes(name) ? [] : [{ path, message: `There is no signal "${name}".`, hint: suggestAmong(name, SIGNALS) }]
}

function shell(object: unknown, path: readonly string[], version: string): readonly Finding[] {
  const isThere = version === '0.5' ? (textAt(object, ...path, 'exec') ?? '') !== '' : itemsAt(whole(object), ...path, 'command').length > 0
  return isThere ? [] : [{ path, message: 'The shell has no command.' }]
}

function tplScript(object: unknown, path: readonly string[], objects: readonly unknown[]): readonly Finding[] {
  const name = textAt(object, ...path, 'scriptConfigMapRef') ?? ''
  const namespace = textAt(object, ...path, 'namespace') ?? DEFAULT_NAMESPACE
  const at: ObjectPath = [...path, 'scriptConfigMapRef']
  return configMapIn(objects, name, namespace) === undefined
    ? [{ path: at, message: `The chart has no ConfigMap "${name}" in the namespace "${namespace}".` }]
    : []
}

/** Before 0.7 nothing is checked then, and the operator only says so in its log. */
const schema: ValidationRule = {
  code: 'parameters/schema',
  kinds: ['ConfigConstraint', 'ParametersDefinition'],
  releases: ALL.filter((version) => !['0.5', '0.6'].includes(version)),
  source: 'release-0.7 to release-1.0:pkg/configuration/openapi/cue_gen_openapi.go GenerateOpenAPISchema',
  check(object) {
    const isNew = isGiven(object, 'spec', 'parametersSchema')
    const cuePath = ['spec', isNew ? 'parametersSchema' : 'configurationSchema', 'cue']
    const namePath = isNew ? ['spec', 'parametersSchema', 'topLevelKey'] : ['spec', 'cfgSchemaTopLevelName']
    // Comments define nothing.
    const cue = (textAt(object, ...cuePath) ?? '').replace(/^\s*\/\/.*$/gm, '')
    if (cue.trim() === '') return []
    const known = [...new Set([...cue.matchAll(/#([\w$]+)\s*:/g)].map(([, name]) => name ?? ''))]
    const name = textAt(object, ...namePath) ?? ''
    if (name === '') return known.length > 0 ? [] : [{ path: cuePath, message: 'The schema has no definition: nothing in it begins with #.' }]
    return known.includes(name) ? [] : [{ path: namePath, message: `The schema does not define "#${name}".`, hint: suggestAmong(name, known) }]
  },
}

export const parameterRules: readonly ValidationRule[] = [
  parametersComponent,
  parametersDefinition,
  parametersTemplate,
  reload,
  reloadScript,
  schema,
  unrendered,
]
