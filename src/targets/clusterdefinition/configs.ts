import { map, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Parameter } from '../../model/addon.ts'
import { configConstraintName, configTemplateName } from '../names.ts'
import type { Lowered, Lowering } from '../release.ts'
import { configMapOfFiles, contentNode, escapeForOperator } from '../shared/config-map.ts'
import { cueDefinitionName, cueSchema } from '../shared/cue.ts'
import { metadata, object } from '../shared/metadata.ts'

/** A ConfigMap for each config of a component. Files that are no templates are escaped, since the operator renders them all. */
export function configMaps({ addon }: Lowering, component: Component): Lowered {
  const maps = component.configs.map(({ name, isTemplate, files }) => {
    const contents = files.map((file) => ({ key: file.name, text: isTemplate ? file.text : escapeForOperator(file.text), origin: file.origin }))
    return configMapOfFiles(addon.name, configTemplateName(addon.name, component, name), `files/config/${component.name}/${name}`, contents)
  })
  return { objects: maps.map((map) => map.object), files: maps.flatMap((map) => map.files) }
}

/** A ConfigConstraint for each config whose parameters are listed (apps.kubeblocks.io/v1alpha1; API.md 2.7). One constraint knows one file. */
export function configConstraints({ addon, locate, report }: Lowering, component: Component): Lowered {
  const parts = component.configs.flatMap(({ name, files }) => {
    const [governed, ...others] = files.filter(({ parameters }) => parameters !== undefined)
    for (const other of others) {
      report({
        code: 'target/unsupported',
        message: 'only one file of a config can have parameters.',
        place: locate(other.origin),
        hint: 'make a config of its own for the file',
      })
    }
    const parameters = governed?.parameters
    if (governed === undefined || parameters === undefined) return []
    const constraint = configConstraintName(addon.name, component, name)
    const path = `files/config/${component.name}/${name}.cue`
    const text = cueSchema(name, parameters)
    const schema = contentNode(path, text, governed.origin)
    const names = (field: string, ...changes: readonly Parameter['change'][]) => {
      const matching = parameters.filter(({ change }) => changes.includes(change))
      return matching.length === 0 ? [] : pair(field, seq(matching.map(({ name }) => scalar(name))))
    }
    const node = object(
      'apps.kubeblocks.io/v1alpha1',
      'ConfigConstraint',
      metadata(addon.name, constraint),
      pair(
        'spec',
        map(
          pair('cfgSchemaTopLevelName', cueDefinitionName(name)),
          pair('configurationSchema', map(pair('cue', schema))),
          // What is in no list counts as dynamic and takes effect without the restart it needs; immutable parameters are guarded by the schema alone.
          names('staticParameters', 'static', 'immutable'),
          names('dynamicParameters', 'dynamic'),
          names('immutableParameters', 'immutable'),
          pair('formatterConfig', map(pair('format', governed.format))),
        ),
      ),
    )
    return [{ node, file: schema.kind === 'expr' ? [{ path, text, origin: governed.origin }] : [] }]
  })
  return { objects: parts.map(({ node }) => node), files: parts.flatMap(({ file }) => file) }
}
