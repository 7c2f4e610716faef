import { suggestAmong } from '../../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../../objects/index.ts'
import { ALL, configMapName, definitionsFor, type Finding, itemsAt, type OperatorRelease, templatesOf, whole } from '../../../operator/index.ts'
import { configMapKeys } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/config-key',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition', 'ParamConfigRenderer', 'ParametersDefinition'],
  releases: ALL,
  source: 'release-0.6:internal/configuration keys of a configSpec; release-1.0:controllers/parameters/paramconfigrenderer_controller.go',
  check: (object, objects, release) =>
    textAt(object, 'spec', 'componentDef') === undefined ? ofTemplates(object, objects) : ofParameters(release, object, objects),
}
export default rule

function ofTemplates(object: unknown, objects: readonly unknown[]): readonly Finding[] {
  return templatesOf(object).flatMap((template) => {
    const name = configMapName(template.item)
    const known = configMapKeys(objects, name)
    return itemsAt(template, 'keys').flatMap(({ item, path }) => missing(String(item), name, known, path))
  })
}

/** A ParamConfigRenderer lists files; a ParametersDefinition that is for a definition itself is about one. */
function ofParameters(release: OperatorRelease, object: unknown, objects: readonly unknown[]): readonly Finding[] {
  const definitions = definitionsFor(release, objects, textAt(object, 'spec', 'componentDef') ?? '')
  // Of files of a renderer that names no template parameters/template speaks.
  const listed = itemsAt(whole(object), 'spec', 'configs').filter(({ item }) => (textAt(item, 'templateName') ?? '') !== '')
  const files = [...listed.map(({ item, path }) => ({ item, path, field: 'name' })), { item: at(object, 'spec'), path: ['spec'], field: 'fileName' }]
  return files.flatMap(({ item, path, field }) => {
    const file = textAt(item, field) ?? ''
    const template = textAt(item, 'templateName')
    const configs = definitions
      .flatMap((definition) => listAt(definition, 'spec', 'configs'))
      .filter((config) => template === undefined || textAt(config, 'name') === template)
    const maps = configs.map((config) => configMapKeys(objects, configMapName(config)))
    // Of templates and ConfigMaps that are not there, other rules speak.
    if (file === '' || configs.length === 0 || maps.includes(undefined)) return []
    const known = maps.flatMap((keys) => keys ?? [])
    return missing(file, configMapName(configs[0]), known, [...path, field])
  })
}

function missing(key: string, map: string, known: readonly string[] | undefined, path: Finding['path']): readonly Finding[] {
  if (known === undefined || known.includes(key)) return []
  return [{ path, message: `The ConfigMap "${map}" has no file "${key}", so parameters of it change nothing.`, hint: suggestAmong(key, known) }]
}
