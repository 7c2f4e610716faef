import type { Path } from '../diagnostics/index.ts'
import type { Component } from '../model/addon.ts'
import type { Lowering } from './release.ts'

/** A name that starts with the addon's, so that addons never collide: `qdrant-config` stays, `config` becomes `qdrant-config`. */
export function prefixed(addon: string, name: string): string {
  return name === addon || name.startsWith(`${addon}-`) ? name : `${addon}-${name}`
}

/** The same for something inside a component; the component that has the addon's own name is left out. */
function inComponent(addon: string, component: string, name: string): string {
  return component === addon ? prefixed(addon, name) : prefixed(addon, `${component}-${name}`)
}

/** ConfigMap (and scriptSpec) of a component's scripts. */
export function scriptsName(addon: string, component: Component): string {
  return inComponent(addon, component.name, 'scripts')
}

/** ConfigMap of the scripts that reload a component's configs. */
export function reloadScriptsName(addon: string, component: Component): string {
  return inComponent(addon, component.name, 'reload-scripts')
}

/** ConfigMap (and configSpec) of a config. */
export function configTemplateName(addon: string, component: Component, config: string): string {
  return `${inComponent(addon, component.name, config)}-template`
}

/** ConfigConstraint of a config. */
export function configConstraintName(addon: string, component: Component, config: string): string {
  return `${inComponent(addon, component.name, config)}-constraints`
}

/** The chart that makes clusters: kbcli looks for `<engine>-cluster` (kbcli release-1.1:pkg/cmd/cluster/register.go). */
export function clusterChartName({ name }: { readonly name: string }): string {
  return `${name}-cluster`
}

/** ClusterVersion of an engine version; build metadata cannot stand in an object name. */
export function clusterVersionName(addon: string, version: string): string {
  return `${addon}-${version.replaceAll('+', '-').toLowerCase()}`
}

/** Reports a generated name that is longer than the operator takes; for several releases once, with the smallest bound. */
export function checkLength({ locate, report }: Lowering, what: string, name: string, limit: number, origin: Path): void {
  if (name.length <= limit) return
  report({
    code: 'target/name-too-long',
    message: `the name of a ${what} is too long: "${name}" has ${name.length} characters.`,
    place: locate(origin, 'key'),
    limit,
    hint: `shorten it to at most ${limit}`,
  })
}
