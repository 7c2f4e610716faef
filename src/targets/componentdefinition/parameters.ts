import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Config, Parameter } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { configConstraintName, configTemplateName, prefixed } from '../names.ts'
import { type ComponentDefinitionLowering, joined, type Lowered } from '../release.ts'
import { contentNode } from '../shared/config-map.ts'
import { cueDefinitionName, cueSchema } from '../shared/cue.ts'
import { metadata, object } from '../shared/metadata.ts'
import { governedFiles } from './file-templates.ts'
import { keptAnnotations } from './marks.ts'
import { componentBase, MAX_CONSTRAINT_NAME, versionedName } from './names.ts'

type GovernedFile = Config['files'][number]

/** The objects that hold the parameters of a component (API.md 2.8 to 2.10). */
export function parameterObjects(lowering: ComponentDefinitionLowering, component: Component): Lowered {
  const governed = component.configs.flatMap((config) => governedFiles(config).map((file) => ({ config, file })))
  switch (lowering.release.parameters) {
    case 'ConfigConstraint':
      return joined(component.configs.map((config) => configConstraint(lowering, component, config)))
    case 'ParamConfigRenderer': {
      const definitions = governed.map(({ config, file }) => parametersDefinition(lowering, component, config, file, []))
      const renderer = governed.length === 0 ? [] : [paramConfigRenderer(lowering, component, governed)]
      return joined([...definitions, { objects: renderer, files: [] }])
    }
    case 'ParametersDefinition':
      return joined(
        governed.map(({ config, file }) =>
          parametersDefinition(lowering, component, config, file, [
            ...pair('componentDef', versionedName(lowering, componentBase(lowering.addon, component), component.origin)),
            ...pair('templateName', configTemplateName(lowering.addon.name, component, config.name)),
            ...format(file),
          ]),
        ),
      )
  }
}

/** A ConfigConstraint (apps.kubeblocks.io/v1beta1) knows one file. */
function configConstraint(lowering: ComponentDefinitionLowering, component: Component, config: Config): Lowered {
  const { addon, release, locate, report } = lowering
  const [file, ...others] = governedFiles(config)
  for (const { origin } of others) {
    report({
      code: 'target/unsupported',
      message: 'only one file of a config can have parameters.',
      place: locate(origin),
      hint: 'make a config of its own for the file',
    })
  }
  if (file === undefined) return { objects: [], files: [] }
  const name = versionedName(lowering, configConstraintName(addon.name, component, config.name), config.origin, MAX_CONSTRAINT_NAME)
  const { entries, files } = parameterFields(component, config, file)
  const node = object(
    'apps.kubeblocks.io/v1beta1',
    'ConfigConstraint',
    metadata(addon.name, name, { annotations: keptAnnotations(release) }),
    pair('spec', map(entries, format(file))),
  )
  return { objects: [node], files }
}

function parametersDefinition(
  lowering: ComponentDefinitionLowering,
  component: Component,
  config: Config,
  file: GovernedFile,
  binding: readonly Entry[],
): Lowered {
  const { addon, release } = lowering
  const { entries, files } = parameterFields(component, config, file)
  const node = object(
    'parameters.kubeblocks.io/v1alpha1',
    'ParametersDefinition',
    metadata(addon.name, definitionName(lowering, component, config, file), { annotations: keptAnnotations(release) }),
    pair('spec', map(binding, pair('fileName', scalar(file.name, file.origin)), entries)),
  )
  return { objects: [node], files }
}

/** Ties the parameters of a component to the files they are in. */
function paramConfigRenderer(
  lowering: ComponentDefinitionLowering,
  component: Component,
  governed: readonly { readonly config: Config; readonly file: GovernedFile }[],
): Node {
  const { addon, release } = lowering
  const definitions = governed.map(({ config, file }) => definitionName(lowering, component, config, file))
  const files = governed.map(({ config, file }) =>
    map(pair('name', scalar(file.name, file.origin)), pair('templateName', configTemplateName(addon.name, component, config.name)), format(file)),
  )
  return object(
    'parameters.kubeblocks.io/v1alpha1',
    'ParamConfigRenderer',
    metadata(addon.name, versionedName(lowering, componentBase(addon, component), component.origin), { annotations: keptAnnotations(release) }),
    pair(
      'spec',
      map(
        pair('componentDef', versionedName(lowering, componentBase(addon, component), component.origin)),
        pair('parametersDefs', seq(definitions)),
        pair('configs', seq(files)),
      ),
    ),
  )
}

/** One ParametersDefinition for each file; a config with several needs their names. */
function definitionName(lowering: ComponentDefinitionLowering, component: Component, config: Config, file: GovernedFile): Node {
  const base = prefixed(lowering.addon.name, component.name === lowering.addon.name ? config.name : `${component.name}-${config.name}`)
  const isOnly = governedFiles(config).length === 1
  const name = isOnly ? base : `${base}-${file.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  return versionedName(lowering, name, file.origin)
}

function format({ format }: GovernedFile): Entry[] {
  return pair('fileFormatConfig', map(pair('format', format)))
}

/** The schema of the parameters, and how each takes effect. Immutable ones stand among the static ones too: what is in no list counts as dynamic. */
function parameterFields(
  component: Component,
  config: Config,
  file: GovernedFile,
): { readonly entries: readonly Entry[]; readonly files: readonly ChartFile[] } {
  const parameters = file.parameters ?? []
  const several = governedFiles(config).length > 1
  const path = `files/config/${component.name}/${config.name}${several ? `-${file.name}` : ''}.cue`
  const text = cueSchema(config.name, parameters)
  const schema = contentNode(path, text, file.origin)
  const names = (field: string, ...changes: readonly Parameter['change'][]) => {
    const matching = parameters.filter(({ change }) => changes.includes(change))
    return matching.length === 0 ? [] : pair(field, seq(matching.map(({ name }) => scalar(name))))
  }
  return {
    entries: [
      ...pair('parametersSchema', map(pair('topLevelKey', cueDefinitionName(config.name)), pair('cue', schema))),
      ...names('staticParameters', 'static', 'immutable'),
      ...names('dynamicParameters', 'dynamic'),
      ...names('immutableParameters', 'immutable'),
    ],
    files: schema.kind === 'expr' ? [{ path, text, origin: file.origin }] : [],
  }
}
