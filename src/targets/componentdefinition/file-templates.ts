import { type Entry, expr, map, type Node, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Config } from '../../model/addon.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { configConstraintName, configTemplateName, scriptsName } from '../names.ts'
import { type ComponentDefinitionLowering, joined, type Lowered } from '../release.ts'
import { configMapOfFiles, escapeForOperator } from '../shared/config-map.ts'
import { allContainers } from '../shared/containers.ts'
import { KEEP } from './marks.ts'
import { versionedName } from './names.ts'

/** Name of the field with the ConfigMap of a template (API.md 2.5, table of renames). */
const TEMPLATE_FIELD = { v1alpha1: 'templateRef', v1: 'template' } as const

/** The files of a config whose parameters are listed. */
export function governedFiles({ files }: Config): Config['files'] {
  return files.filter(({ parameters }) => parameters !== undefined)
}

/** `configs` of a ComponentDefinition. Those with parameters are rendered by the controller of parameters. */
export function configTemplates(lowering: ComponentDefinitionLowering, component: Component): Entry[] {
  if (component.configs.length === 0) return []
  return pair('configs', seq(component.configs.map((config) => configTemplate(lowering, component, config))))
}

function configTemplate(lowering: ComponentDefinitionLowering, component: Component, config: Config): Node {
  const { addon, release: target } = lowering
  const name = configTemplateName(addon.name, component, config.name)
  const governed = governedFiles(config)
  const constraint = pair('constraintRef', versionedName(lowering, configConstraintName(addon.name, component, config.name), config.origin))
  const keys = pair('keys', seq(governed.map((file) => scalar(file.name, file.origin))))
  return map(
    pair('name', scalar(name, config.origin)),
    pair(TEMPLATE_FIELD[target.api], versionedName(lowering, name, config.origin)),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(config.name, config.origin)),
    governed.length === 0 ? [] : target.api === 'v1' ? pair('externalManaged', true) : [...constraint, ...keys],
  )
}

/** `scripts` of a ComponentDefinition. */
export function scriptTemplate(lowering: ComponentDefinitionLowering, component: Component): Entry[] {
  const { scripts } = component
  if (scripts === undefined) return []
  const name = scriptsName(lowering.addon.name, component)
  const template = map(
    pair('name', scalar(name, scripts.origin)),
    pair(TEMPLATE_FIELD[lowering.release.api], versionedName(lowering, name, scripts.origin)),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(scripts.volume, scripts.origin)),
    pair('defaultMode', scalar(0o555, scripts.origin), { comment: '0555' }),
  )
  return pair('scripts', seq([template]))
}

/** The ConfigMaps behind both. Definitions that are kept go on using theirs, so they are kept too. */
export function templateConfigMaps(lowering: ComponentDefinitionLowering, component: Component): Lowered {
  const { addon } = lowering
  const configs = component.configs.map((config) => {
    const contents = config.files.map(({ name, text, origin }) => ({ key: name, text: config.isTemplate ? text : escapeForOperator(text), origin }))
    const name = versionedName(lowering, configTemplateName(addon.name, component, config.name), config.origin)
    return configMapOfFiles(addon.name, name, `files/config/${component.name}/${config.name}`, contents, { annotations: KEEP })
  })
  return joined([...configs.map(({ object, files }) => ({ objects: [object], files })), scriptConfigMap(lowering, component)])
}

function scriptConfigMap(lowering: ComponentDefinitionLowering, component: Component): Lowered {
  const { addon, release: target } = lowering
  const { scripts } = component
  if (scripts === undefined) return { objects: [], files: [] }
  const facts = takesScriptedFacts(component)
    ? [{ key: 'facts.sh', text: renderSkeleton('scripts/facts-componentdefinition.sh', { kubeblocks: target.version }), origin: scripts.origin }]
    : []
  const own = scripts.files.map(({ name, text, origin }) => ({ key: name, text: escapeForOperator(text), origin }))
  const contents = [...own, ...facts].sort((a, b) => (a.key < b.key ? -1 : 1))
  const { object, files } = configMapOfFiles(
    addon.name,
    versionedName(lowering, scriptsName(addon.name, component), scripts.origin),
    `files/scripts/${component.name}`,
    contents,
    { annotations: KEEP },
  )
  return { objects: [object], files }
}

/** Whether scripts may source facts.sh: the same facts as in the generations where it sets them. */
function takesScriptedFacts(component: Component): boolean {
  if (component.memberLeave !== undefined) return true
  return allContainers(component).some(({ env }) =>
    env.some(({ value }) => value.kind === 'fact' && (value.fact === 'podFQDNs' || value.fact === 'replicas')),
  )
}
