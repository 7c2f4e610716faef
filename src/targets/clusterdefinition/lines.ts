import type { Component, Config, Container, EngineVersion, Line, ResolvedAddon } from '../../model/addon.ts'
import { allContainers } from '../shared/containers.ts'
import { isSame } from '../shared/same.ts'

/**
 * The addon with every component of its lines once, since there is one ClusterDefinition: as the line of the default version has it, else as the first
 * line that has it. Scripts of all lines are in one ConfigMap.
 */
export function withAllLines(addon: ResolvedAddon): ResolvedAddon {
  if (addon.lines.length < 2) return addon
  const components = new Map(addon.components.map((component) => [component.name, component]))
  for (const component of addon.lines.flatMap((line) => line.components)) {
    const base = components.get(component.name)
    if (base === undefined) components.set(component.name, component)
    else if (base !== component) components.set(component.name, withScripts(base, component))
  }
  return { ...addon, components: [...components.values()] }
}

function withScripts(base: Component, other: Component): Component {
  if (other.scripts === undefined) return base
  if (base.scripts === undefined) return { ...base, scripts: other.scripts }
  const names = new Set(base.scripts.files.map(({ name }) => name))
  return { ...base, scripts: { ...base.scripts, files: [...base.scripts.files, ...other.scripts.files.filter(({ name }) => !names.has(name))] } }
}

/** The line a version belongs to. */
export function lineOf({ lines }: ResolvedAddon, { version }: EngineVersion): Line | undefined {
  return lines.find(({ versions }) => versions.some((candidate) => candidate.version === version))
}

/** A component as each line has it; the one that is defined comes first. */
export function variants(addon: ResolvedAddon, component: Component): readonly { readonly line: Line | undefined; readonly component: Component }[] {
  const others = addon.lines.flatMap((line) => {
    const found = line.components.find(({ name }) => name === component.name)
    return found === undefined || isSame(found, component) ? [] : [{ line, component: found }]
  })
  return [{ line: undefined, component }, ...others]
}

/** The containers of a component in all lines, each with the component it belongs to. */
export function containersOfLines(
  addon: ResolvedAddon,
  component: Component,
): readonly { readonly component: Component; readonly container: Container }[] {
  return variants(addon, component).flatMap(({ component }) => allContainers(component).map((container) => ({ component, container })))
}

/** Configs that a line has, and that are not the same in the component that is defined. */
export function ownConfigs(defined: Component, component: Component): readonly Config[] {
  return component.configs.filter((config) => !defined.configs.some((candidate) => isSame(candidate, config)))
}
