import { type Entry, expr, map, type Node, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Config } from '../../model/addon.ts'
import { FACTS_SCRIPT, sourcesFacts } from '../../model/sourced.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { configTemplateName, prefixed, reloadScriptsName, scriptsName } from '../names.ts'
import { type ComponentDefinitionLowering, joined, type Lowered } from '../release.ts'
import { configMapOfFiles, escapeForOperator } from '../shared/config-map.ts'
import { allContainers } from '../shared/containers.ts'
import { type Definition, inLine } from './definitions.ts'
import { KEEP } from './marks.ts'
import { MAX_CONSTRAINT_NAME, versionedName } from './names.ts'

/** Name of the field with the ConfigMap of a template (API.md 2.5, table of renames). */
const TEMPLATE_FIELD = { v1alpha1: 'templateRef', v1: 'template' } as const

/** The files of a config whose parameters are listed. */
export function governedFiles({ files }: Config): Config['files'] {
  return files.filter(({ parameters }) => parameters !== undefined)
}

/** `configs` of a ComponentDefinition. Those with parameters are rendered by the controller of parameters. */
export function configTemplates(lowering: ComponentDefinitionLowering, definition: Definition): Entry[] {
  const { configs } = definition.component
  return configs.length === 0 ? [] : pair('configs', seq(configs.map((config) => configTemplate(lowering, definition, config))))
}

function configTemplate(lowering: ComponentDefinitionLowering, { component, line }: Definition, config: Config): Node {
  const { addon, release: target } = lowering
  const name = configTemplateName(addon.name, component, config.name)
  const governed = governedFiles(config)
  return map(
    pair('name', scalar(name, config.origin)),
    pair(TEMPLATE_FIELD[target.api], versionedName(lowering, inLine(name, line), config.origin)),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(config.name, config.origin)),
    governed.length === 0 ? [] : target.api === 'v1' ? pair('externalManaged', true) : constrained(lowering, { component, line }, config),
  )
}

/** In 0.9 a config names what holds its parameters, and the files they are in. */
function constrained(lowering: ComponentDefinitionLowering, definition: Definition, config: Config): Entry[] {
  const keys = governedFiles(config).map((file) => scalar(file.name, file.origin))
  return [...pair('constraintRef', constraintName(lowering, definition, config)), ...pair('keys', seq(keys))]
}

/** Name of the ConfigConstraint of a config. */
export function constraintName(lowering: ComponentDefinitionLowering, definition: Definition, config: Config): Node {
  return versionedName(lowering, parametersBase(lowering, definition, config), config.origin, MAX_CONSTRAINT_NAME)
}

/** Base of the names of what holds the parameters of a config. */
export function parametersBase({ addon }: ComponentDefinitionLowering, { component, line }: Definition, config: Config): string {
  const name = component.name === addon.name ? config.name : `${component.name}-${config.name}`
  return inLine(prefixed(addon.name, name), line)
}

/** `scripts` of a ComponentDefinition. */
export function scriptTemplate(lowering: ComponentDefinitionLowering, { component, line }: Definition): Entry[] {
  const { scripts } = component
  if (scripts === undefined) return []
  const name = scriptsName(lowering.addon.name, component)
  const template = map(
    pair('name', scalar(name, scripts.origin)),
    pair(TEMPLATE_FIELD[lowering.release.api], versionedName(lowering, inLine(name, line), scripts.origin)),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(scripts.volume, scripts.origin)),
    pair('defaultMode', scalar(0o555, scripts.origin), { comment: '0555' }),
  )
  return pair('scripts', seq([template]))
}

/** The ConfigMaps behind both. Definitions that are kept go on using theirs, so they are kept too. */
export function templateConfigMaps(lowering: ComponentDefinitionLowering, definition: Definition): Lowered {
  const { component, line } = definition
  const { addon } = lowering
  const configs = component.configs.map((config) => {
    const contents = config.files.map(({ name, text, origin }) => ({ key: name, text: config.isTemplate ? text : escapeForOperator(text), origin }))
    const name = versionedName(lowering, inLine(configTemplateName(addon.name, component, config.name), line), config.origin)
    return configMapOfFiles(addon.name, name, `files/config/${inLine(component.name, line)}/${config.name}`, contents, { annotations: KEEP })
  })
  return joined([...configs.map(({ object, files }) => ({ objects: [object], files })), scriptConfigMaps(lowering, definition)])
}

/** The scripts as a ConfigMap that the operator renders, and once more as they are where it copies them: to reload a config. */
function scriptConfigMaps(lowering: ComponentDefinitionLowering, definition: Definition): Lowered {
  const { configs } = definition.component
  const isReloaded = configs.some((config) => config.reload?.kind === 'script')
  return joined([
    scriptConfigMap(lowering, definition, { base: scriptsName, folder: 'files/scripts', text: escapeForOperator }),
    ...(isReloaded ? [scriptConfigMap(lowering, definition, { base: reloadScriptsName, folder: 'files/reload-scripts', text: (own) => own })] : []),
  ])
}

interface ScriptMap {
  readonly base: (addon: string, component: Component) => string
  readonly folder: string
  /** What becomes of the author's text. */
  readonly text: (own: string) => string
}

function scriptConfigMap(lowering: ComponentDefinitionLowering, { component, line }: Definition, { base, folder, text }: ScriptMap): Lowered {
  const { addon, release: target } = lowering
  const { scripts } = component
  if (scripts === undefined) return { objects: [], files: [] }
  const facts = takesScriptedFacts(component)
    ? [{ key: FACTS_SCRIPT, text: renderSkeleton('scripts/facts-componentdefinition.sh', { kubeblocks: target.version }), origin: scripts.origin }]
    : []
  const own = scripts.files.map((file) => ({ key: file.name, text: text(file.text), origin: file.origin }))
  const contents = [...own, ...facts].sort((a, b) => (a.key < b.key ? -1 : 1))
  const { object, files } = configMapOfFiles(
    addon.name,
    versionedName(lowering, inLine(base(addon.name, component), line), scripts.origin),
    `${folder}/${inLine(component.name, line)}`,
    contents,
    { annotations: KEEP },
  )
  return { objects: [object], files }
}

/** Whether scripts may source facts.sh: they do, or could in the generations where it sets the same facts. */
function takesScriptedFacts(component: Component): boolean {
  if (component.lifecycle?.memberLeave !== undefined || sourcesFacts(component)) return true
  return allContainers(component).some(({ env }) =>
    env.some(({ value }) => value.kind === 'fact' && (value.fact === 'podFQDNs' || value.fact === 'replicas')),
  )
}
