import type { Component, Container, Line } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import type { Lost } from '../shared/lost.ts'
import { isSame } from '../shared/same.ts'
import { variants } from './lines.ts'

/** Fields of a component that a ClusterVersion can say otherwise, or that are the same text wherever they stand. */
const PER_VERSION: readonly (keyof Component)[] = ['containers', 'init', 'configs', 'scripts', 'origin', 'name', 'description']

/** Fields of a container that a ClusterVersion can replace, but not take away (the operator skips what is empty). */
const KEPT: readonly (keyof Container)[] = ['command', 'args', 'ports', 'mounts', 'env', 'liveness', 'readiness', 'startup', 'securityContext']

/** Reports where a line needs another component than the one ClusterDefinition has (API.md 2.3). */
export function reportLines(lowering: ClusterDefinitionLowering, lost: Lost): void {
  const { addon } = lowering
  for (const line of addon.lines.length < 2 ? [] : addon.lines) {
    for (const defined of addon.components) {
      if (!line.components.some(({ name }) => name === defined.name))
        lost('target/line-lost', line.origin, `clusters of the line ${line.name} can still have the component "${defined.name}".`)
    }
  }
  for (const defined of addon.components) {
    for (const { line, component } of variants(addon, defined)) if (line !== undefined) reportVariant(line, defined, component, lost)
  }
}

function reportVariant(line: Line, defined: Component, component: Component, lost: Lost): void {
  const differing = keysOf(defined).filter((field) => !PER_VERSION.includes(field) && !isSame(defined[field], component[field]))
  if (differing.length > 0) {
    const what = `a version changes containers and configs only: in the line ${line.name} "${defined.name}" keeps ${differing.join(', ')} of the others.`
    lost('target/line-lost', component.origin, what)
  }
  for (const base of allContainers(defined)) {
    const own = allContainers(component).find(({ name }) => name === base.name)
    const what = own === undefined ? `the container "${base.name}" stays in the line ${line.name}.` : describeKept(base, own, line)
    if (what !== undefined) lost('target/line-lost', own?.origin ?? line.origin, what)
  }
  for (const { name } of defined.configs) {
    if (!component.configs.some((config) => config.name === name))
      lost('target/line-lost', line.origin, `the config "${name}" stays in the line ${line.name}.`)
  }
  for (const file of component.scripts?.files ?? []) {
    const base = defined.scripts?.files.find(({ name }) => name === file.name)
    if (base !== undefined && base.text !== file.text)
      lost(
        'target/unsupported',
        file.origin,
        `all lines have one set of scripts, and "${file.name}" is another script in the line ${line.name}: give it another name.`,
      )
  }
}

function describeKept(base: Container, own: Container, line: Line): string | undefined {
  const kept = KEPT.filter((field) => !isEmpty(base[field]) && isEmpty(own[field]))
  return kept.length === 0 ? undefined : `the container "${base.name}" keeps its ${kept.join(', ')} in the line ${line.name}.`
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0)
}

function keysOf(component: Component): readonly (keyof Component)[] {
  return Object.keys(component).filter((key): key is keyof Component => key in component)
}
