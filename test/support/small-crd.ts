import { convert, readCrd } from '../../src/apimodel/convert/index.ts'
import { type Api, loadApi } from '../../src/apimodel/index.ts'

/** A schema of a CRD. */
export type CrdSchema = { readonly [keyword: string]: unknown }

/** What a small definition is made of. */
export interface SmallCrd {
  readonly kind?: string
  readonly group?: string
  /** The stored version. */
  readonly version?: string
  /** Versions that are served as well. */
  readonly served?: readonly string[]
  /** Schema of `spec`. */
  readonly spec: CrdSchema
}

/** A CustomResourceDefinition with little in it. */
export function smallCrd({ kind = 'Thing', group = 'test.kubeblocks.io', version = 'v1', served = [], spec }: SmallCrd): unknown {
  const schema = (inner: CrdSchema) => ({
    openAPIV3Schema: {
      description: "A thing, described at length, in a sentence that is nobody else's business.",
      type: 'object',
      properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec: inner },
    },
  })
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural: `${kind.toLowerCase()}s` },
      versions: [
        ...served.map((name) => ({ name, served: true, storage: false, schema: schema({ type: 'object' }) })),
        { name: version, served: true, storage: true, schema: schema(spec) },
      ],
    },
  }
}

/** The model of releases, each with its definitions: file name -> text. */
export function modelOf(releases: Readonly<Record<string, readonly SmallCrd[]>>): ReadonlyMap<string, string> {
  return convert(
    Object.entries(releases).map(([release, crds]) => ({
      release,
      crds: crds.map((crd) => {
        const read = readCrd(smallCrd(crd))
        if (!('crd' in read)) throw new Error(JSON.stringify(read.problems))
        return read.crd
      }),
    })),
  )
}

/** The API of one release of such a model. */
export async function apiOf(releases: Readonly<Record<string, readonly SmallCrd[]>>, release: string): Promise<Api> {
  const files = modelOf(releases)
  return loadApi(release, { read: (name) => files.get(name) })
}

/** An object of the small kind. */
export function thing(spec: unknown, head: object = {}): unknown {
  return { apiVersion: 'test.kubeblocks.io/v1', kind: 'Thing', metadata: { name: 'x' }, spec, ...head }
}
