import { at, listAt, textAt } from '../objects/index.ts'
import { mergeContainers, resolveImages } from './images.ts'
import type { KeyedTexts } from './kubelet.ts'
import { chooseDefinition, nameOf, ofKind } from './matching.ts'
import type { Form, OperatorRelease } from './releases.ts'

/** A component of a cluster, as the user asked for it. */
export interface ClusterComponent {
  /** Its name in the Cluster. */
  readonly name: string
  /** The componentDef of the ClusterDefinition, or a reference to ComponentDefinitions. */
  readonly definition: string
  readonly replicas: number
  readonly serviceVersion?: string
  readonly tls?: boolean
  /** Whole CPUs and bytes, as a var tells them; storage by the name of the claim. */
  readonly resources?: { readonly cpu?: number; readonly memory?: number; readonly storage?: Readonly<Record<string, number>> }
  /** The role of each pod, by ordinal. */
  readonly roles?: readonly string[]
}

/** A cluster that uses the definitions of a chart. */
export interface Cluster {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  readonly components: readonly ClusterComponent[]
  /** The ClusterVersion, for clusters of a ClusterDefinition; none: the one the chart marks as default, else its first. */
  readonly clusterVersion?: string
  /** What Secrets and ConfigMaps of the namespace hold, by name. */
  readonly secrets?: KeyedTexts
  readonly configMaps?: KeyedTexts
  /** `cluster.local` unless the operator was told otherwise. */
  readonly clusterDomain?: string
  /** The Cluster annotation kubeblocks.io/extra-env. */
  readonly extraEnv?: Readonly<Record<string, string>>
}

/** A config or script template: which ConfigMap of the chart is rendered, and the volume that gets it. */
export interface Template {
  readonly kind: 'config' | 'script'
  readonly name: string
  readonly configMap: string
  readonly namespace: string
  readonly volume: string
  readonly mode: number | undefined
  readonly externalManaged: boolean
}

/** A component with its definition found, images and versions merged in. */
export interface Component {
  readonly release: OperatorRelease
  readonly form: Form
  readonly cluster: Cluster
  readonly wanted: ClusterComponent
  /** The ComponentDefinition, or the componentDef of the ClusterDefinition. */
  readonly definition: unknown
  readonly definitionName: string
  readonly serviceVersion: string
  readonly pod: unknown
  readonly templates: readonly Template[]
  readonly actionImages: ReadonlyMap<string, string>
  readonly problems: readonly string[]
}

/** Where the operator looks for a template ConfigMap when no namespace is given: the CRDs' default. */
export const DEFAULT_NAMESPACE = 'default'

/** Puts a component together as the operator does. The form is that of the definitions found; a release without it finds nothing. */
export function findComponent(
  release: OperatorRelease,
  objects: readonly unknown[],
  cluster: Cluster,
  name: string,
): Component | { problem: string } {
  const wanted = cluster.components.find((component) => component.name === name)
  if (wanted === undefined) return { problem: `the cluster has no component "${name}"` }
  const componentDef = ofKind(objects, 'ClusterDefinition')
    .flatMap((definition) => listAt(definition, 'spec', 'componentDefs'))
    .find((candidate) => textAt(candidate, 'name') === wanted.definition)
  if (componentDef !== undefined && release.forms.includes('ClusterDefinition'))
    return ofClusterDefinition(release, objects, cluster, wanted, componentDef)
  if (!release.forms.includes('ComponentDefinition')) return { problem: `no ClusterDefinition has the component "${wanted.definition}"` }
  const choice = chooseDefinition(release, objects, wanted.definition, wanted.serviceVersion)
  if ('problem' in choice) return choice
  return ofComponentDefinition(release, objects, cluster, wanted, choice.definition, choice.serviceVersion)
}

function ofClusterDefinition(
  release: OperatorRelease,
  objects: readonly unknown[],
  cluster: Cluster,
  wanted: ClusterComponent,
  definition: unknown,
): Component {
  const versions = ofKind(objects, 'ClusterVersion')
  const version =
    cluster.clusterVersion === undefined
      ? (versions.find((object) => textAt(object, 'metadata', 'annotations', 'kubeblocks.io/is-default-cluster-version') === 'true') ?? versions[0])
      : versions.find((object) => nameOf(object) === cluster.clusterVersion)
  const context = listAt(version, 'spec', 'componentVersions').find((item) => textAt(item, 'componentDefRef') === wanted.definition)
  const pod = {
    ...Object(at(definition, 'podSpec')),
    ...Object.fromEntries(
      (['initContainers', 'containers'] as const).map((part) => [
        part,
        mergeContainers(listAt(definition, 'podSpec', part), listAt(context, 'versionsContext', part)),
      ]),
    ),
  }
  const unknown = cluster.clusterVersion !== undefined && version === undefined ? [`no ClusterVersion has the name "${cluster.clusterVersion}"`] : []
  const missing = [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')]
    .filter((container) => (textAt(container, 'image') ?? '') === '')
    .map((container) => `the container "${textAt(container, 'name')}" has no image`)
  return {
    release,
    form: 'ClusterDefinition',
    cluster,
    wanted,
    definition,
    definitionName: wanted.definition,
    serviceVersion: '',
    pod,
    templates: withVersion(
      templatesOf(definition, 'configSpecs', 'scriptSpecs', 'templateRef'),
      templatesOf(context, 'configSpecs', '', 'templateRef'),
    ),
    actionImages: new Map(),
    problems: [...unknown, ...missing],
  }
}

function ofComponentDefinition(
  release: OperatorRelease,
  objects: readonly unknown[],
  cluster: Cluster,
  wanted: ClusterComponent,
  definition: unknown,
  serviceVersion: string,
): Component {
  const images = resolveImages(release, objects, definition, serviceVersion)
  const withImage = (container: unknown) => ({ ...Object(container), image: images.containers.get(textAt(container, 'name') ?? '') ?? '' })
  const runtime = at(definition, 'spec', 'runtime')
  const pod = {
    ...Object(runtime),
    initContainers: listAt(runtime, 'initContainers').map(withImage),
    containers: listAt(runtime, 'containers').map(withImage),
  }
  const spec = at(definition, 'spec')
  return {
    release,
    form: 'ComponentDefinition',
    cluster,
    wanted,
    definition,
    definitionName: nameOf(definition),
    serviceVersion,
    pod,
    templates: templatesOf(spec, 'configs', 'scripts', release.agent === 'kbagent' ? 'template' : 'templateRef'),
    actionImages: images.actions,
    problems: images.problems,
  }
}

/** Configs of a ClusterVersion replace those of the same name. release-0.6:internal/configuration/configtemplate_util.go MergeConfigTemplates. */
function withVersion(templates: readonly Template[], versions: readonly Template[]): readonly Template[] {
  const replaced = templates.map((template) => versions.find(({ kind, name }) => kind === template.kind && name === template.name) ?? template)
  return [...replaced, ...versions.filter((version) => !replaced.includes(version))]
}

function templatesOf(owner: unknown, configs: string, scripts: string, reference: string): readonly Template[] {
  return [['config', configs] as const, ['script', scripts] as const].flatMap(([kind, field]) =>
    listAt(owner, field).map((spec) => {
      const mode = at(spec, 'defaultMode')
      return {
        kind,
        name: textAt(spec, 'name') ?? '',
        configMap: textAt(spec, reference) ?? '',
        namespace: textAt(spec, 'namespace') ?? DEFAULT_NAMESPACE,
        volume: textAt(spec, 'volumeName') ?? '',
        mode: typeof mode === 'number' ? mode : undefined,
        externalManaged: at(spec, 'externalManaged') === true,
      }
    }),
  )
}
