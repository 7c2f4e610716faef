import type { Path } from '../diagnostics/index.ts'
import type { Addon, Component as ComponentDescriptor, Line as LineDescriptor } from '../generated/addon.ts'
import type { Component, EngineVersion, Knob, Line } from '../model/addon.ts'
import { validate } from '../validate/index.ts'
import { resolveComponent } from './component.ts'
import { depthIn, mergeOver } from './merge.ts'
import { entriesOf, reportDuplicates, type Scope, withLocate } from './scope.ts'

interface Declared {
  readonly images: readonly string[]
  readonly knobs: readonly Knob[]
}

/** The lines of an addon with their whole components; one without a name when there are none. */
export function resolveLines(scope: Scope, addon: Addon, versions: readonly EngineVersion[], declared: Declared): readonly Line[] {
  if (addon.lines === undefined) {
    const components = resolveComponents(scope, addon.components, declared)
    return [{ name: undefined, versions, components, origin: ['components'] }]
  }
  checkVersions(scope, addon.lines, versions)
  reportDuplicates(
    scope,
    'line',
    addon.lines.map(({ name }, index) => ({ name, origin: ['lines', index, 'name'] })),
  )
  return addon.lines.map((line, index) => resolveLine(scope, addon, line, ['lines', index], versions, declared))
}

function resolveComponents(scope: Scope, components: Addon['components'], { images, knobs }: Declared): readonly Component[] {
  return entriesOf(components, ['components']).map(({ name, value, origin }) =>
    resolveComponent(scope, name, value, origin, { images, knobs, components }),
  )
}

/** Each version belongs to exactly one line. */
function checkVersions(scope: Scope, lines: readonly LineDescriptor[], versions: readonly EngineVersion[]): void {
  const names = versions.map(({ version }) => version)
  const listed = lines.flatMap((line, index) =>
    line.versions.map((version, i) => ({ name: version, origin: ['lines', index, 'versions', i] as Path })),
  )
  for (const { name, origin } of listed) scope.isDeclared('version', name, names, origin)
  reportDuplicates(scope, 'version', listed)
  for (const { version, origin } of versions) {
    if (!listed.some(({ name }) => name === version))
      scope.problem('addon/line', [...origin, 'version'], `The version ${version} belongs to no line.`, {
        hint: `add it to the versions of one of the lines ${lines.map(({ name }) => name).join(', ')}`,
      })
  }
}

function resolveLine(scope: Scope, addon: Addon, line: LineDescriptor, origin: Path, versions: readonly EngineVersion[], declared: Declared): Line {
  const own = versions.filter(({ version }) => line.versions.includes(version))
  const empty = { name: line.name, versions: own, components: [], origin }
  const over = line.override?.components ?? {}
  const overPath: Path = [...origin, 'override', 'components']
  for (const { name, origin } of entriesOf(over, overPath)) scope.isDeclared('component', name, Object.keys(addon.components), origin)
  const components = mergeOver(addon.components, onlyKnown(over, addon.components))
  const toSource = (path: Path) => sourcePath(path, over, overPath)
  const locate: Scope['source']['locate'] = (path, at) => scope.source.locate(toSource(path), at)
  const merged = validate({ value: { ...addon, components }, locate }, scope.report)
  if (merged === undefined) return empty
  const resolved = resolveComponents(withLocate(scope, locate), merged.components, declared)
  return { ...empty, components: resolved.map((component) => atSource(component, toSource)) }
}

function onlyKnown<T>(over: Readonly<Record<string, T>>, components: Readonly<Record<string, ComponentDescriptor>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(over).filter(([name]) => Object.hasOwn(components, name)))
}

/** Where a value of merged components stands in the descriptor: in what is laid over when that says something about it, else in the base. */
function sourcePath(path: Path, over: object, overPath: Path): Path {
  const [root, ...inside] = path
  if (root !== 'components') return path
  return inside.length > 1 && depthIn(over, inside) === inside.length ? [...overPath, ...inside] : path
}

/** The same data with each origin as it stands in the descriptor. */
function atSource<T>(value: T, toSource: (path: Path) => Path): T {
  if (Array.isArray(value)) return value.map((item: unknown) => atSource(item, toSource)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
    const isOrigin = key === 'origin' && Array.isArray(item)
    return [key, isOrigin ? toSource(item as Path) : atSource(item, toSource)]
  })
  return Object.fromEntries(entries) as T
}
