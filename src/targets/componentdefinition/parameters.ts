import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Config, Parameter } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { configTemplateName } from '../names.ts'
import { type ComponentDefinitionLowering, joined, type Lowered } from '../release.ts'
import { contentNode } from '../shared/config-map.ts'
import { cueDefinitionName, cueSchema } from '../shared/cue.ts'
import { fileFormat } from '../shared/file-format.ts'
import { metadata, object } from '../shared/metadata.ts'
import { type Definition, inLine } from './definitions.ts'
import { constraintName, governedFiles, parametersBase } from './file-templates.ts'
import { keptAnnotations } from './marks.ts'
import { definitionName, versionedName } from './names.ts'
import { reloadAction } from './reload.ts'

type GovernedFile = Config['files'][number]

/** The objects that hold the parameters of a component (API.md 2.8 to 2.10). */
export function parameterObjects(lowering: ComponentDefinitionLowering, definition: Definition): Lowered {
  const { component } = definition
  const governed = component.configs.flatMap((config) => governedFiles(config).map((file) => ({ config, file })))
  switch (lowering.release.parameters) {
    case 'ConfigConstraint':
      return joined(component.configs.map((config) => configConstraint(lowering, definition, config)))
    case 'ParamConfigRenderer': {
      const definitions = governed.map(({ config, file }) => parametersDefinition(lowering, definition, config, file, []))
      const renderer = governed.length === 0 ? [] : [paramConfigRenderer(lowering, definition, governed)]
      return joined([...definitions, { objects: renderer, files: [] }])
    }
    case 'ParametersDefinition':
      return joined(
        governed.map(({ config, file }) =>
          parametersDefinition(lowering, definition, config, file, [
            ...pair('componentDef', definitionName(lowering, definition)),
            ...pair('templateName', configTemplateName(lowering.addon.name, component, config.name)),
            ...format(file),
          ]),
        ),
      )
  }
}

/** A ConfigConstraint (apps.kubeblocks.io/v1beta1) knows one file. */
function configConstraint(lowering: ComponentDefinitionLowering, definition: Definition, config: Config): Lowered {
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
  const { entries, files } = parameterFields(lowering, definition, config, file)
  const node = object(
    'apps.kubeblocks.io/v1beta1',
    'ConfigConstraint',
    metadata(addon.name, constraintName(lowering, definition, config), { annotations: keptAnnotations(release) }),
    pair('spec', map(entries, format(file))),
  )
  return { objects: [node], files }
}

function parametersDefinition(
  lowering: ComponentDefinitionLowering,
  definition: Definition,
  config: Config,
  file: GovernedFile,
  binding: readonly Entry[],
): Lowered {
  const { addon, release } = lowering
  const { entries, files } = parameterFields(lowering, definition, config, file)
  const node = object(
    'parameters.kubeblocks.io/v1alpha1',
    'ParametersDefinition',
    metadata(addon.name, parametersName(lowering, definition, config, file), { annotations: keptAnnotations(release) }),
    pair('spec', map(binding, pair('fileName', scalar(file.name, file.origin)), entries)),
  )
  return { objects: [node], files }
}

/** Ties the parameters of a component to the files they are in. */
function paramConfigRenderer(
  lowering: ComponentDefinitionLowering,
  definition: Definition,
  governed: readonly { readonly config: Config; readonly file: GovernedFile }[],
): Node {
  const { addon, release } = lowering
  const definitions = governed.map(({ config, file }) => parametersName(lowering, definition, config, file))
  const files = governed.map(({ config, file }) =>
    map(
      pair('name', scalar(file.name, file.origin)),
      pair('templateName', configTemplateName(addon.name, definition.component, config.name)),
      format(file),
    ),
  )
  return object(
    'parameters.kubeblocks.io/v1alpha1',
    'ParamConfigRenderer',
    metadata(addon.name, definitionName(lowering, definition), { annotations: keptAnnotations(release) }),
    pair(
      'spec',
      map(pair('componentDef', definitionName(lowering, definition)), pair('parametersDefs', seq(definitions)), pair('configs', seq(files))),
    ),
  )
}

/** One ParametersDefinition for each file; a config with several needs their names. */
function parametersName(lowering: ComponentDefinitionLowering, definition: Definition, config: Config, file: GovernedFile): Node {
  const base = parametersBase(lowering, definition, config)
  const isOnly = governedFiles(config).length === 1
  const name = isOnly ? base : `${base}-${file.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  return versionedName(lowering, name, file.origin)
}

function format(file: GovernedFile): Entry[] {
  return pair('fileFormatConfig', fileFormat(file))
}

/** The schema of the parameters, and how each takes effect. Immutable ones stand among the static ones too: what is in no list counts as dynamic. */
function parameterFields(
  lowering: ComponentDefinitionLowering,
  definition: Definition,
  config: Config,
  file: GovernedFile,
): { readonly entries: readonly Entry[]; readonly files: readonly ChartFile[] } {
  const { component, line } = definition
  const parameters = file.parameters ?? []
  const several = governedFiles(config).length > 1
  const path = `files/config/${inLine(component.name, line)}/${config.name}${several ? `-${file.name}` : ''}.cue`
  const text = cueSchema(config.name, parameters, file.section)
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
      ...(parameters.some(({ change }) => change === 'dynamic') ? reloadAction(lowering, definition, config) : []),
    ],
    files: schema.kind === 'expr' ? [{ path, text, origin: file.origin }] : [],
  }
}
