import { expr, fileContent, map, type Node, pair, scalar, seq, toJson } from '../../gotemplate/index.ts'
import type { Component, Config, Line, Parameter } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { type ClusterDefinitionLowering, joined, type Lowered } from '../release.ts'
import { contentNode, escapeForOperator } from '../shared/config-map.ts'
import { cueDefinitionName, cueSchema } from '../shared/cue.ts'
import { fileFormat } from '../shared/file-format.ts'
import { metadata, object } from '../shared/metadata.ts'
import { configNames } from './config-specs.ts'
import { ownConfigs, variants } from './lines.ts'
import { templatePrelude, withPrelude } from './template-vars.ts'

/** A config with the line it belongs to, when it is not that of the definition. */
interface Placed {
  readonly component: Component
  readonly config: Config
  readonly line: Line | undefined
}

/** The configs of a component, those that lines have of their own behind them. */
function placed({ addon }: ClusterDefinitionLowering, defined: Component): readonly Placed[] {
  return variants(addon, defined).flatMap(({ line, component }) => {
    const configs = line === undefined ? component.configs : ownConfigs(defined, component)
    return configs.map((config) => ({ component, config, line }))
  })
}

function folderOf({ component, config, line }: Placed): string {
  return line?.name === undefined
    ? `files/config/${component.name}/${config.name}`
    : `files/config-lines/${line.name}/${component.name}/${config.name}`
}

/** A ConfigMap for each config of a component. Files that are no templates are escaped, since the operator renders them all. */
export function configMaps(lowering: ClusterDefinitionLowering, component: Component): Lowered {
  return joined(placed(lowering, component).map((config) => configMap(lowering, config)))
}

function configMap(lowering: ClusterDefinitionLowering, item: Placed): Lowered {
  const { component, config, line } = item
  const { addon } = lowering
  const folder = folderOf(item)
  const files: ChartFile[] = []
  const prelude = config.isTemplate ? templatePrelude(lowering, config.vars) : []
  const isStatic = prelude.every((part) => typeof part === 'string')
  const entries = config.files.flatMap((file) => {
    const path = `${folder}/${file.name}`
    const text = isStatic ? prelude.join('') + (config.isTemplate ? file.text : escapeForOperator(file.text)) : file.text
    const content = contentNode(path, text, file.origin)
    if (content.kind === 'expr' || !isStatic) files.push({ path, text, origin: file.origin })
    const value = isStatic ? content : expr(toJson(withPrelude(prelude, fileContent(path))), 'raw', file.origin)
    return pair(file.name, value, { origin: file.origin })
  })
  const { template } = configNames(addon.name, component, config, line)
  return { objects: [object('v1', 'ConfigMap', metadata(addon.name, template, { namespaced: true }), pair('data', map(entries)))], files }
}

/** A ConfigConstraint for each config whose parameters are listed (apps.kubeblocks.io/v1alpha1; API.md 2.7). One constraint knows one file. */
export function configConstraints(lowering: ClusterDefinitionLowering, component: Component): Lowered {
  const { locate, report } = lowering
  const parts = placed(lowering, component).flatMap((item): readonly Lowered[] => {
    const [governed, ...others] = item.config.files.filter(({ parameters }) => parameters !== undefined)
    for (const other of others) {
      report({
        code: 'target/unsupported',
        message: 'only one file of a config can have parameters.',
        place: locate(other.origin),
        hint: 'make a config of its own for the file',
      })
    }
    const parameters = governed?.parameters
    return governed === undefined || parameters === undefined ? [] : [constraint(lowering, item, governed, parameters)]
  })
  return joined(parts)
}

function constraint(
  { addon }: ClusterDefinitionLowering,
  item: Placed,
  governed: Config['files'][number],
  parameters: readonly Parameter[],
): Lowered {
  const { component, config, line } = item
  const path = `${folderOf(item)}.cue`
  const text = cueSchema(config.name, parameters, governed.section)
  const schema = contentNode(path, text, governed.origin)
  const names = (field: string, ...changes: readonly Parameter['change'][]) => {
    const matching = parameters.filter(({ change }) => changes.includes(change))
    return matching.length === 0 ? [] : pair(field, seq(matching.map(({ name }) => scalar(name))))
  }
  // What is in no list counts as dynamic and takes effect without the restart it needs; immutable parameters are guarded by the schema alone.
  // Where the engine cannot be told, a restart takes dynamic ones up too.
  const lists = needsRestart(config)
    ? [...names('staticParameters', 'static', 'dynamic', 'immutable'), ...names('immutableParameters', 'immutable')]
    : [...names('staticParameters', 'static', 'immutable'), ...names('dynamicParameters', 'dynamic'), ...names('immutableParameters', 'immutable')]
  const node = object(
    'apps.kubeblocks.io/v1alpha1',
    'ConfigConstraint',
    metadata(addon.name, configNames(addon.name, component, config, line).constraint),
    pair(
      'spec',
      map(
        reloadOptions(config),
        pair('cfgSchemaTopLevelName', cueDefinitionName(config.name)),
        pair('configurationSchema', map(pair('cue', schema))),
        lists,
        pair('formatterConfig', fileFormat(governed)),
      ),
    ),
  )
  return { objects: [node], files: schema.kind === 'expr' ? [{ path, text, origin: governed.origin }] : [] }
}

/** Whether dynamic parameters take a restart: the author wants one, or the generation has no way to run the author's script. */
export function needsRestart({ reload }: Config): boolean {
  return reload?.kind === 'restart' || reload?.kind === 'script'
}

function reloadOptions({ reload }: Config): ReturnType<typeof pair> {
  if (reload?.kind !== 'signal') return []
  const trigger: Node = map(pair('processName', scalar(reload.process, reload.origin)), pair('signal', scalar(reload.signal, reload.origin)))
  return pair('reloadOptions', map(pair('unixSignalTrigger', trigger)), { origin: reload.origin })
}
