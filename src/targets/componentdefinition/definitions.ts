import type { Component, EngineVersion, Line, ResolvedAddon } from '../../model/addon.ts'
import { prefixed } from '../names.ts'

/** A component of a major line: what becomes one ComponentDefinition. */
export interface Definition {
  readonly component: Component
  readonly line: Line
}

/** Every component of every line. */
export function definitionsOf({ lines }: ResolvedAddon): readonly Definition[] {
  return lines.flatMap((line) => line.components.map((component) => ({ component, line })))
}

/** The definitions of the components of a name, one for each line that has it. */
export function definitionsNamed(addon: ResolvedAddon, component: string): readonly Definition[] {
  return definitionsOf(addon).filter((definition) => definition.component.name === component)
}

/** The components by name, each with its definitions. */
export function byComponent(addon: ResolvedAddon): ReadonlyMap<string, readonly Definition[]> {
  const names = [...new Set(definitionsOf(addon).map(({ component }) => component.name))]
  return new Map(names.map((name) => [name, definitionsNamed(addon, name)]))
}

/** A name with that of the line, where the addon has lines. */
export function inLine(name: string, { name: line }: Line): string {
  return line === undefined ? name : `${name}-${line}`
}

/** Base of the names of a component's definitions; the component that has the addon's own name is left out. */
export function componentBase(addon: ResolvedAddon, component: string): string {
  return prefixed(addon.name, component)
}

/** Base of the names of what belongs to one definition. */
export function definitionBase(addon: ResolvedAddon, { component, line }: Definition): string {
  return inLine(componentBase(addon, component.name), line)
}

/** The version of a line that a cluster gets when none is named. */
export function defaultVersion({ versions }: Line): EngineVersion | undefined {
  return versions.find(({ isDefault }) => isDefault) ?? versions[0]
}
