import type { Path } from '../../diagnostics/index.ts'
import { concat, include, type Node } from '../../gotemplate/index.ts'
import type { Component, ResolvedAddon } from '../../model/addon.ts'
import { prefixed } from '../names.ts'
import type { ComponentDefinitionLowering } from '../release.ts'

/**
 * Objects of this family keep their names for ever: the operator freezes definitions (API.md 4.2, 4.3), and clusters go on using the ones of older
 * charts. So a name carries the KubeBlocks release, the version of the chart and, by the helper `suffix`, a hash of the install-time values that
 * reach frozen fields and are not the defaults.
 */
export function versionedName(lowering: ComponentDefinitionLowering, base: string, origin: Path, limit: number = MAX_NAME): Node {
  const name = `${base}${versionPart(lowering)}`
  reportExcess(lowering, base, name.length + SUFFIX_LENGTH - limit, origin)
  return concat([name, include(suffixHelper(lowering.addon))])
}

/**
 * A pattern for references that matches `versionedName` of the same base and nothing else. Names with dots are regular expressions to the
 * operator, and names by themselves are prefixes (API.md 4.6).
 */
export function exactPattern(lowering: ComponentDefinitionLowering, base: string, origin: Path): Node {
  const pattern = `${base}${versionPart(lowering)}`.replaceAll('.', '\\.')
  reportExcess(lowering, base, `^${pattern}$`.length + SUFFIX_LENGTH - MAX_PATTERN, origin)
  return concat([`^${pattern}`, include(suffixHelper(lowering.addon)), '$'])
}

/** Base of the names of a component's definitions; the component that has the addon's own name is left out. */
export function componentBase(addon: ResolvedAddon, component: Component): string {
  return prefixed(addon.name, component.name)
}

/** The helper with the hash, in _helpers.tpl. */
export function suffixHelper(addon: ResolvedAddon): string {
  return `${addon.name}.suffix`
}

/** A dash and six hexadecimal digits. */
const SUFFIX_LENGTH = 7

/** Names become keys and values of labels (API.md 4.6). */
const MAX_NAME = 63

/** Of a ConfigConstraint: its name becomes part of the key of a label (API.md 4.1). */
export const MAX_CONSTRAINT_NAME = 51

/** Of `compDef` in a topology (API.md 2.2). */
const MAX_PATTERN = 64

function reportExcess({ locate, report }: ComponentDefinitionLowering, base: string, excess: number, origin: Path): void {
  if (excess <= 0) return
  report({
    code: 'target/name-too-long',
    message: `the name "${base}", to which release, chart version and a hash are added, is ${excess} characters too long.`,
    place: locate(origin, 'key'),
  })
}

function versionPart({ addon, release }: ComponentDefinitionLowering): string {
  return `-${release.version}-${addon.version.replaceAll('+', '-').toLowerCase()}`
}
