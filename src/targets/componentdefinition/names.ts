import type { Path } from '../../diagnostics/index.ts'
import { concat, include, type Node } from '../../gotemplate/index.ts'
import type { ResolvedAddon } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { componentBase, type Definition, definitionBase, definitionsNamed } from './definitions.ts'

/**
 * Objects of this family keep their names for ever: the operator freezes definitions (API.md 4.2, 4.3), and clusters go on using the ones of older
 * charts. So a name carries the KubeBlocks release, the version of the chart and, by the helper `suffix`, a hash of the install-time values that
 * reach frozen fields and are not the defaults.
 */
export function versionedName(lowering: ComponentDefinitionLowering, base: string, origin: Path, limit: number = MAX_NAME): Node {
  const name = `${base}${versionPart(lowering)}`
  reportExcess(lowering, base, name.length + SUFFIX_LENGTH - limit, origin)
  return concat([name, include(suffixHelper(lowering.addon))], origin)
}

/**
 * A pattern for references that matches the definitions of one component, in all its lines, and nothing else. Names with dots are regular
 * expressions to the operator, and names by themselves are prefixes (API.md 4.6).
 */
export function componentPattern(lowering: ComponentDefinitionLowering, component: string, origin: Path): Node {
  const base = componentBase(lowering.addon, component)
  const lines = definitionsNamed(lowering.addon, component).flatMap(({ line }) => line.name ?? [])
  return pattern(lowering, base, lines.length === 0 ? '' : lines.length === 1 ? `-${lines[0]}` : `-(${lines.join('|')})`, origin)
}

/** A pattern that matches what has one name for all lines, such as a ShardingDefinition. */
export function commonPattern(lowering: ComponentDefinitionLowering, component: string, origin: Path): Node {
  return pattern(lowering, componentBase(lowering.addon, component), '', origin)
}

/** A pattern that matches one definition only. */
export function definitionPattern(lowering: ComponentDefinitionLowering, definition: Definition): Node {
  return pattern(lowering, definitionBase(lowering.addon, definition), '', definition.component.origin)
}

function pattern(lowering: ComponentDefinitionLowering, base: string, lines: string, origin: Path): Node {
  const text = `^${base}${lines}${versionPart(lowering)}`.replaceAll('.', '\\.')
  reportExcess(lowering, base, `${text}$`.length + SUFFIX_LENGTH - MAX_PATTERN, origin)
  return concat([text, include(suffixHelper(lowering.addon)), '$'], origin)
}

/** Name of a ComponentDefinition, and of what has the same name. */
export function definitionName(lowering: ComponentDefinitionLowering, definition: Definition): Node {
  return versionedName(lowering, definitionBase(lowering.addon, definition), definition.component.origin)
}

/** The name a ComponentDefinition has while all values of the chart are the defaults. */
export function presetDefinitionName(lowering: ComponentDefinitionLowering, definition: Definition): string {
  return definitionBase(lowering.addon, definition) + versionPart(lowering)
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
