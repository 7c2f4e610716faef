import { goPattern } from '../objects/go-pattern.ts'
import { at, listAt, textAt } from '../objects/index.ts'
import type { OperatorRelease } from './releases.ts'
import { compareVersions, versionServes } from './versions.ts'

/** Characters by which the operator takes a reference for a regular expression. `.` is one, `-` is not. Go: regexp.QuoteMeta. */
const METACHARACTER = /[\\.+*?()|[\]{}^$]/

/** Whether a reference compiles, which 0.9 and later demand of every one. */
export function isPattern(pattern: string): boolean {
  return goPattern(pattern) !== undefined
}

/**
 * Whether a reference to ComponentDefinitions matches a name: equal (0.8); a prefix, or from the first metacharacter on an unanchored
 * regular expression (0.9 and later). release-0.9:pkg/controller/component/utils.go CompDefMatched, release-1.0 PrefixOrRegexMatched.
 */
export function nameMatches(release: OperatorRelease, name: string, pattern: string): boolean {
  if (release.matching === 'exact') return name === pattern
  return name.startsWith(pattern) || matchesAsRegex(name, pattern)
}

/** The same for owner and selectors of a SidecarDefinition, which know no prefixes. release-1.0, same file, DefNameMatched. */
export function sidecarMatches(name: string, pattern: string): boolean {
  return name === pattern || matchesAsRegex(name, pattern)
}

function matchesAsRegex(name: string, pattern: string): boolean {
  return METACHARACTER.test(pattern) && goPattern(pattern)?.matcher(name).find() === true
}

/**
 * The names a reference stands for where a definition is chosen: one that is equal hides all others.
 * release-0.9:controllers/apps/componentdefinition_controller.go listCompDefinitionsWithPattern.
 * Vars, compatibility rules, topologies and backup templates use {@link nameMatches} itself: there nothing is hidden.
 */
export function namesMatching(release: OperatorRelease, names: readonly string[], pattern: string): readonly string[] {
  if (names.includes(pattern)) return [pattern]
  return names.filter((name) => nameMatches(release, name, pattern))
}

/** The last name by bytes, which is what the operator takes for the newest: `x-1.0.9` wins over `x-1.0.10`. */
export function lastByName(names: readonly string[]): string | undefined {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).at(-1)
}

/** Objects of a kind. */
export function ofKind(objects: readonly unknown[], kind: string): readonly unknown[] {
  return objects.filter((object) => at(object, 'kind') === kind)
}

export function nameOf(object: unknown): string {
  return textAt(object, 'metadata', 'name') ?? ''
}

/**
 * The ConfigMap of a name that the operator finds in a namespace. An object that names no namespace goes where the chart is installed, which
 * is wherever its templates say with `.Release.Namespace`; only `default`, which counts when none is given, is not taken for that.
 */
export function configMapIn(objects: readonly unknown[], name: string, namespace: string): unknown {
  return ofKind(objects, 'ConfigMap').find((map) => {
    const own = textAt(map, 'metadata', 'namespace')
    return nameOf(map) === name && (own === undefined ? namespace !== 'default' : own === namespace)
  })
}

/** The ComponentVersions that a ComponentDefinition has: a compatibility rule matches its name. */
export function componentVersionsOf(release: OperatorRelease, objects: readonly unknown[], definition: string): readonly unknown[] {
  return ofKind(objects, 'ComponentVersion').filter((version) =>
    listAt(version, 'spec', 'compatibilityRules').some((rule) => ruleMatches(release, rule, definition)),
  )
}

export function ruleMatches(release: OperatorRelease, rule: unknown, definition: string): boolean {
  return listAt(rule, 'compDefs').some((pattern) => typeof pattern === 'string' && nameMatches(release, definition, pattern))
}

/** Service versions a definition offers: its own, and those of the releases whose rules match it. release-0.9:controllers/apps/componentversion_controller.go. */
export function serviceVersionsOf(release: OperatorRelease, objects: readonly unknown[], definition: unknown): readonly string[] {
  const own = textAt(definition, 'spec', 'serviceVersion') ?? ''
  const offered = componentVersionsOf(release, objects, nameOf(definition)).flatMap((version) => {
    const names = listAt(version, 'spec', 'compatibilityRules')
      .filter((rule) => ruleMatches(release, rule, nameOf(definition)))
      .flatMap((rule) => listAt(rule, 'releases'))
    return listAt(version, 'spec', 'releases')
      .filter((item) => names.includes(at(item, 'name')))
      .flatMap((item) => textAt(item, 'serviceVersion') ?? [])
  })
  return [...new Set(own === '' ? offered : [own, ...offered])]
}

/** What a Cluster gets for a reference and a service version, or why it gets nothing. */
export type Choice = { readonly definition: unknown; readonly serviceVersion: string } | { readonly problem: string }

/**
 * Chooses the ComponentDefinition and service version of a component: the highest version when none is wanted, then the last name.
 * 0.8: release-0.8:controllers/apps/transformer_cluster_load_resources.go; 0.9: release-0.9:controllers/apps/componentversion_controller.go
 * resolveCompDefinitionNServiceVersion; 1.x: release-1.0:controllers/apps/cluster/transformer_cluster_normalization.go, the same function.
 */
export function chooseDefinition(release: OperatorRelease, objects: readonly unknown[], reference: string, wanted = ''): Choice {
  const definitions = ofKind(objects, 'ComponentDefinition')
  const named = namesMatching(release, definitions.map(nameOf), reference)
  const candidates = definitions.filter((definition) => named.includes(nameOf(definition)))
  if (release.matching === 'exact') {
    const [definition] = candidates
    if (definition === undefined) return { problem: `no ComponentDefinition has the name "${reference}"` }
    return { definition, serviceVersion: textAt(definition, 'spec', 'serviceVersion') ?? '' }
  }
  const offers = candidates.flatMap((definition) =>
    serviceVersionsOf(release, objects, definition)
      .filter((version) => versionServes(wanted, version))
      .map((version) => ({ definition, version })),
  )
  // What is wanted is then looked up as it was written, so 14.7.0 does not find a release 14.7.0-rc1 although it serves it.
  const version =
    wanted === ''
      ? offers
          .map((offer) => offer.version)
          .sort(compareVersions)
          .at(-1)
      : wanted
  const serving = offers.filter((offer) => offer.version === version).map((offer) => offer.definition)
  const last = lastByName(serving.map(nameOf))
  const definition = serving.find((candidate) => nameOf(candidate) === last)
  if (definition === undefined) {
    const what = wanted === '' ? 'a service version' : `the service version ${wanted}`
    return { problem: `no ComponentDefinition matches "${reference}" and offers ${what}` }
  }
  return { definition, serviceVersion: version ?? '' }
}
