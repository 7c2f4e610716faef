import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import { type ComponentPart, componentsOf, configMapName, nameOf, type ObjectPath, ofKind } from '../operator/index.ts'

/** A ConfigMap with scripts of a component, and where a container has it. */
export interface ScriptFolder {
  readonly folder: string
  /** The names of its files. */
  readonly scripts: readonly string[]
  readonly configMap: string
}

/** Where a container has the scripts of its component: `specs` are the component's templates. */
export function scriptFolders(specs: readonly unknown[], container: unknown, objects: readonly unknown[]): readonly ScriptFolder[] {
  return specs.flatMap((spec) => {
    const manifest = configMapOf(spec, objects)
    if (manifest === undefined) return []
    const mounts = listAt(container, 'volumeMounts').filter(
      (mount) => textAt(mount, 'name') === textAt(spec, 'volumeName') && at(mount, 'subPath') === undefined,
    )
    const scripts = keysAt(manifest, 'data')
    return mounts.flatMap((mount) => {
      const folder = textAt(mount, 'mountPath')?.replace(/\/+$/, '')
      return folder === undefined ? [] : [{ folder, scripts, configMap: nameOf(manifest) }]
    })
  })
}

/** A file of a ConfigMap that a component, or what reloads its configs, has. */
export interface ScriptFile {
  readonly configMap: unknown
  readonly key: string
  /** The template of the component that brings it; undefined when the operator mounts it by itself. */
  readonly spec: unknown
}

/** Finds the file that a word of a command names. */
export type FileLookup = (word: string) => readonly ScriptFile[]

/** What an object can call: those of its component, for a place in one; those of its `scriptConfigMapRef`s. */
export function fileLookup(object: unknown, path: ObjectPath, objects: readonly unknown[]): FileLookup {
  const part = componentsOf(object).find(({ owner }) => owner.path.every((step, index) => step === path[index]))
  return part === undefined ? byName(reloadFiles(object, objects)) : componentLookup(part, objects)
}

function componentLookup({ templates, containers, initContainers }: ComponentPart, objects: readonly unknown[]): FileLookup {
  const files = templates.flatMap(({ item }) => filesOf(configMapOf(item, objects), item))
  const mounted = new Map<string, ScriptFile[]>()
  for (const mount of [...containers, ...initContainers].flatMap(({ item }) => listAt(item, 'volumeMounts'))) {
    const folder = textAt(mount, 'mountPath')?.replace(/\/+$/, '') ?? ''
    const only = textAt(mount, 'subPath')
    for (const file of files) {
      if (textAt(file.spec, 'volumeName') !== textAt(mount, 'name') || (only !== undefined && only !== file.key)) continue
      const place = only === undefined ? `${folder}/${file.key}` : folder
      mounted.set(place, [...(mounted.get(place) ?? []).filter(({ configMap }) => configMap !== file.configMap), file])
    }
  }
  const named = byName(files)
  // An absolute path is a place; with a variable in it, or relative, only its last part is known.
  return (word) => (/^\/[^$`]*$/.test(word) ? (mounted.get(word.replace(/\/{2,}/g, '/')) ?? []) : named(word))
}

function byName(files: readonly ScriptFile[]): FileLookup {
  return (word) => {
    const name = word.slice(word.lastIndexOf('/') + 1)
    return files.filter(({ key }) => key === name)
  }
}

/** The scripts that reload configs; the operator mounts them. release-0.8:pkg/configuration/config_manager/builder.go. */
function reloadFiles(object: unknown, objects: readonly unknown[]): readonly ScriptFile[] {
  const refs = [
    ...listAt(object, 'spec', 'scriptConfigs'),
    at(object, 'spec', 'reloadAction', 'shellTrigger', 'scriptConfig'),
    at(object, 'spec', 'reloadOptions', 'shellTrigger', 'scriptConfig'),
  ]
  const names = new Set(refs.flatMap((ref) => textAt(ref, 'scriptConfigMapRef') ?? []))
  return ofKind(objects, 'ConfigMap').flatMap((map) => (names.has(nameOf(map)) ? filesOf(map, undefined) : []))
}

function filesOf(configMap: unknown, spec: unknown): readonly ScriptFile[] {
  return keysAt(configMap, 'data').map((key) => ({ configMap, key, spec }))
}

function configMapOf(spec: unknown, objects: readonly unknown[]): unknown {
  const name = configMapName(spec)
  return ofKind(objects, 'ConfigMap').find((map) => nameOf(map) === name)
}
