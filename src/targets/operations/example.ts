import { invariant } from '../../diagnostics/index.ts'
import { type Entry, map, type Node, type Origin, pair, print } from '../../gotemplate/index.ts'
import type { ChartFile } from '../../model/chart.ts'
import { object } from '../shared/metadata.ts'
import type { Subject } from './subject.ts'

/** An object to apply, in a file of its own. */
export interface Example {
  /** Name of the file, without ending. */
  readonly file: string
  /** What it does, a sentence on a line. */
  readonly about: readonly string[]
  /** Kind as kubectl takes it, for the command that watches the object. */
  readonly watch: string
  readonly name: string
  readonly object: Node
  readonly origin?: Origin | undefined
}

/** Namespace of all examples. */
export const NAMESPACE = 'default'

/** `metadata` of an example. */
export function exampleMetadata(name: string, annotations: Readonly<Record<string, string>> = {}): Entry[] {
  const entries = Object.entries(annotations)
  const own = entries.length === 0 ? [] : pair('annotations', map(entries.flatMap(([key, value]) => pair(key, value))))
  return pair('metadata', map(pair('name', name), pair('namespace', NAMESPACE), own))
}

/** An operation on the cluster of the examples, or on another, by an OpsRequest. */
export function operation(
  { lowering: { release }, cluster }: Subject,
  file: string,
  what: {
    readonly about: readonly string[]
    readonly type: string
    readonly spec?: readonly Entry[]
    readonly on?: string
    readonly origin?: Origin
  },
): Example {
  const isOld = release.family === 'clusterdefinition'
  const isV1 = !isOld && release.api === 'v1'
  const name = `${cluster}-${file}`
  return {
    file,
    about: what.about,
    watch: 'opsrequest',
    name,
    object: object(
      // The group of operations came with v1 (API.md 1).
      isV1 ? 'operations.kubeblocks.io/v1alpha1' : 'apps.kubeblocks.io/v1alpha1',
      'OpsRequest',
      exampleMetadata(name),
      pair('spec', map(pair(isOld ? 'clusterRef' : 'clusterName', what.on ?? cluster), pair('type', what.type), what.spec ?? [])),
    ),
    origin: what.origin,
  }
}

/** The file of an example. Nothing of it is a template: Helm never renders what is not in templates/. */
export function exampleFile({ file, about, watch, name, object, origin = [] }: Example): ChartFile {
  const printed = print([{ ...object, origin: object.origin ?? origin }])
  invariant(printed.actions.length === 0, `the example ${file} holds a template action`)
  const comments = [...about, `Watch it: kubectl get ${watch} ${name} --namespace ${NAMESPACE} --watch`].map((line) => `# ${line}`)
  return {
    path: `examples/${file}.yaml`,
    text: `${comments.join('\n')}\n${printed.text}`,
    origin,
    origins: [...comments.map(() => origin), ...printed.origins],
  }
}
