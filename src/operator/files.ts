import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import type { Template } from './cluster.ts'
import { type Container, type Pods, podFacts } from './environment.ts'
import { podField } from './kubelet.ts'
import { configMapIn } from './matching.ts'
import { isBlankTemplate, renderLiterals } from './templates.ts'

/** A file that a container finds where a volume is mounted. */
export interface MountedFile {
  readonly text: string
  readonly mode: number
}

/** What volumes give a container: files whose contents are known, and folders it shares. */
export interface ContainerFiles {
  /** By absolute path. */
  readonly files: ReadonlyMap<string, MountedFile>
  readonly folders: readonly { readonly path: string; readonly volume: string; readonly kind: 'empty' | 'claim' }[]
  readonly problems: readonly string[]
}

/**
 * The files of a container. `claims` are the volumes that the Cluster makes claims for; a mount of a volume that nobody declares
 * becomes an empty folder without a word: release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts.
 */
export function containerFiles(
  pods: Pods,
  objects: readonly unknown[],
  container: Container,
  ordinal: number,
  claims: readonly string[] = [],
): ContainerFiles {
  const files = new Map<string, MountedFile>()
  const folders: ContainerFiles['folders'][number][] = []
  const problems: string[] = []
  for (const mount of listAt(container.source, 'volumeMounts')) {
    const volume = textAt(mount, 'name') ?? ''
    const path = (textAt(mount, 'mountPath') ?? '').replace(/(?!^)\/+$/, '')
    const content = volumeFiles(pods, objects, volume, ordinal)
    if (content === undefined) {
      folders.push({ path, volume, kind: claims.includes(volume) ? 'claim' : 'empty' })
      continue
    }
    problems.push(...content.problems)
    const subPath = textAt(mount, 'subPath') ?? ''
    for (const [name, file] of content.files) {
      if (subPath === '') files.set(`${path === '/' ? '' : path}/${name}`, file)
      else if (name === subPath) files.set(path, file)
    }
  }
  return { files, folders, problems }
}

type Content = { readonly files: ReadonlyMap<string, MountedFile>; readonly problems: readonly string[] }

function volumeFiles(pods: Pods, objects: readonly unknown[], name: string, ordinal: number): Content | undefined {
  const { component } = pods
  const template = component.templates.find((candidate) => candidate.volume === name)
  if (template !== undefined) return templateFiles(pods, objects, template)
  const volume = listAt(component.pod, 'volumes').find((candidate) => textAt(candidate, 'name') === name)
  const downward = at(volume, 'downwardAPI')
  if (downward !== undefined) return downwardFiles(pods, downward, ordinal)
  const { configMaps = {}, secrets = {} } = component.cluster
  const [object, data] =
    at(volume, 'configMap') === undefined ? [textAt(volume, 'secret', 'secretName'), secrets] : [textAt(volume, 'configMap', 'name'), configMaps]
  if (object === undefined) return undefined
  if (!Object.hasOwn(data, object)) return { files: new Map(), problems: [`the volume "${name}" needs "${object}", which is not there`] }
  return { files: new Map(Object.entries(data[object] ?? {}).map(([key, text]) => [key, { text, mode: 0o644 }])), problems: [] }
}

/** A ConfigMap of the chart after the operator rendered every key. */
export function templateFiles({ component }: Pods, objects: readonly unknown[], template: Template): Content {
  const source = configMapIn(objects, template.configMap, template.namespace)
  if (source === undefined) {
    return { files: new Map(), problems: [`the ConfigMap "${template.configMap}" is not in the namespace "${template.namespace}"`] }
  }
  // release-1.0:controllers/apps/component/transformer_component_template.go newVolume; before, the kubelet's own default.
  const mode = template.mode ?? (component.release.agent === 'kbagent' ? 0o444 : 0o644)
  const files = new Map<string, MountedFile>()
  const problems: string[] = []
  const keys = keysAt(source, 'data')
  const shares = component.release.sharesTemplates && !template.externalManaged && keys.length > 1
  for (const key of keys) {
    const given = textAt(source, 'data', key) ?? ''
    const text = renderLiterals(given)
    if (shares && isBlankTemplate(given)) {
      problems.push(`${key} of the ConfigMap "${template.configMap}" is blank, and gets the text of another key`)
      continue
    }
    if (text === undefined) problems.push(`${key} of the ConfigMap "${template.configMap}" is a template, which is not rendered here`)
    else files.set(key, { text, mode })
  }
  return { files, problems }
}

function downwardFiles(pods: Pods, downward: unknown, ordinal: number): Content {
  const files = new Map<string, MountedFile>()
  const problems: string[] = []
  const facts = podFacts(pods, ordinal)
  for (const item of listAt(downward, 'items')) {
    const path = textAt(item, 'path') ?? ''
    const field = textAt(item, 'fieldRef', 'fieldPath')
    const text = field === undefined ? undefined : podField(field, facts)
    if (text === undefined) problems.push(`${path}: ${field ?? 'the field'} is not known`)
    else files.set(path, { text, mode: 0o644 })
  }
  return { files, problems }
}
