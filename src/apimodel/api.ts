import { Fault, type Path, suggest } from '../diagnostics/index.ts'
import { type CheckMode, checkValue } from './check.ts'
import { factsIn, filesOf, groupOf, headOf, headProblem, versionsIn } from './head.ts'
import { type KindFacts, type Model, openModel, type RawNode, type ReadModel } from './model.ts'
import { objectMeta } from './object-meta.ts'
import type { ApiProblem, Examination } from './problem.ts'
import type { Releases } from './ranges.ts'
import type { RuleEngine } from './rules.ts'
import { createResolver, type Schema } from './schema.ts'
import { releasesAt } from './where.ts'

export interface CheckOptions {
  /** `strict` when nothing is said. */
  readonly mode?: CheckMode
  /** Evaluates CEL rules; without it they are skipped, and said to be. */
  readonly rules?: RuleEngine
}

/** The KubeBlocks API of one release. Everything is synchronous and pure; files of kinds are read when they are first asked for. */
export interface Api {
  readonly release: string
  /** All releases of the model, oldest first. */
  readonly releases: readonly string[]
  /** Kinds of this release, sorted. */
  readonly kinds: readonly string[]
  /** The apiVersion under which the release stores a kind; nothing when it does not have it. */
  apiVersionOf(kind: string): string | undefined
  /** Scope, plural and served versions of a kind of this release. */
  factsOf(kind: string): { readonly scope: 'Cluster' | 'Namespaced'; readonly plural: string; readonly served: readonly string[] } | undefined
  /** The schema of a stored version; nothing when the release does not store the kind under it. */
  schemaOf(apiVersion: string, kind: string): Schema | undefined
  /** Releases that have a place of a kind, oldest first. Steps that are numbers are indices of lists. */
  releasesWith(kind: string, path: Path): readonly string[]
  /** Whether a group belongs to KubeBlocks, so that this API answers for its kinds. */
  covers(apiVersion: string): boolean
  /** Whether an object has places with CEL rules that hold when it is created: only then is a rule engine worth loading. */
  needsRules(object: unknown): boolean
  /** Everything that is wrong with an object, in its order. Ask `covers` first: of other groups it only says that the model does not hold them. */
  check(object: unknown, options?: CheckOptions): readonly ApiProblem[]
  /** The same, with what was not checked and why. */
  examine(object: unknown, options?: CheckOptions): Examination
}

/** What to load besides the release. */
export interface LoadOptions {
  /** Reads a file of the model by name. */
  readonly read: ReadModel
  /** Kinds whose files are read at once; others are read when they are asked for. */
  readonly kinds?: readonly string[]
}

/** Opens the API of a release. A release that the model does not hold, or a model that cannot be read, is a fault. */
export async function loadApi(release: string, { read, kinds = [] }: LoadOptions): Promise<Api> {
  const api = createApi(openModel(read), release)
  for (const kind of kinds) api.apiVersionOf(kind)
  return api
}

/** The APIs of all releases of a model, oldest first; what they say of a kind is read once, when it is first asked for. */
export async function loadApis(read: ReadModel): Promise<readonly Api[]> {
  const model = openModel(read)
  return model.ranges.names.map((release) => createApi(model, release))
}

/** Releases of a model, oldest first. */
export function releasesOf(read: ReadModel): readonly string[] {
  return openModel(read).ranges.names
}

function createApi(model: Model, release: string): Api {
  const { ranges } = model
  const index = ranges.names.indexOf(release)
  if (index < 0) throw new Fault(`The API model does not hold KubeBlocks ${release}.`, { fix: suggest(release, ranges.names) })
  const bit = 1 << index
  const schemas = new Map<string, Schema | undefined>()

  const schemaOf = (apiVersion: string, kind: string): Schema | undefined => {
    const key = `${apiVersion} ${kind}`
    if (!schemas.has(key)) {
      const facts = factsIn(model, kind, bit).find(({ stored }) => versionsIn(stored, bit).includes(apiVersion))
      schemas.set(key, facts && createResolver(facts, ranges, index)(rootOf(facts)))
    }
    return schemas.get(key)
  }
  const setWith = (kind: string, path: Path): Releases =>
    filesOf(model, kind).reduce((set, name) => set | releasesAt(model.kind(name), model.kinds.get(name) ?? 0, path, ranges), 0)

  const examine = (object: unknown, { mode = 'strict', rules }: CheckOptions = {}): Examination => {
    const { apiVersion, kind } = headOf(object)
    const schema = schemaOf(apiVersion, kind)
    if (schema === undefined) return { problems: [headProblem(model, release, apiVersion, kind)], skipped: [] }
    const whereElse = (path: Path) => {
      const set = setWith(kind, path)
      return set === 0 ? undefined : ranges.say(set)
    }
    return checkValue(schema, object, [], { mode, rules, whereElse, release })
  }

  const needs = (schema: Schema | undefined, value: unknown): boolean => {
    if (schema === undefined || typeof value !== 'object' || value === null) return false
    if (schema.rules.some(({ transition }) => !transition)) return true
    if (Array.isArray(value)) return value.some((item) => needs(schema.items, item))
    return Object.entries(value).some(([key, inner]) => needs(schema.field(key) ?? schema.additional, inner))
  }

  return {
    release,
    releases: ranges.names,
    kinds: [...new Set([...model.kinds].filter(([, set]) => (set & bit) !== 0).map(([name]) => name.replace(/\..*/, '')))],
    apiVersionOf: (kind) => factsIn(model, kind, bit).flatMap(({ stored }) => versionsIn(stored, bit))[0],
    factsOf(kind) {
      const [facts] = factsIn(model, kind, bit)
      return facts && { scope: facts.scope, plural: facts.plural, served: versionsIn(facts.served, bit) }
    },
    schemaOf,
    releasesWith(kind, path) {
      const set = setWith(kind, path)
      return ranges.names.filter((_, i) => (set & (1 << i)) !== 0)
    },
    covers: (apiVersion) => /(^|\.)kubeblocks\.io$/.test(groupOf(apiVersion)),
    needsRules(object) {
      const { apiVersion, kind } = headOf(object)
      return needs(schemaOf(apiVersion, kind), object)
    },
    check: (object, options) => examine(object, options).problems,
    examine,
  }
}

/** The schema of a whole object. The API server checks metadata itself, whatever the CRD says about it. */
function rootOf({ schema }: KindFacts): RawNode {
  if (typeof schema !== 'object' || !('fields' in schema)) return schema
  return { ...schema, embedded: true, fields: { ...Object(schema.fields), metadata: objectMeta } }
}
