import { expr, map, type Node, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Config, Line } from '../../model/addon.ts'
import { checkLength, configConstraintName, configTemplateName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'

/** Names of the objects behind a config; a line's own have the line in their names. */
export function configNames(
  addon: string,
  component: Component,
  config: Config,
  line: Line | undefined,
): { readonly template: string; readonly constraint: string } {
  const suffix = line?.name === undefined ? '' : `-${line.name}`
  return {
    template: `${configTemplateName(addon, component, config.name)}${suffix}`,
    constraint: `${configConstraintName(addon, component, config.name)}${suffix}`,
  }
}

/** A configSpec. Those of a line have the name of the one they replace. */
export function configSpec(lowering: ClusterDefinitionLowering, component: Component, config: Config, line: Line | undefined): Node {
  const { addon, release: target } = lowering
  const { name, files, origin } = config
  const { template, constraint } = configNames(addon.name, component, config, line)
  const governed = files.filter(({ parameters }) => parameters !== undefined)
  checkLength(lowering, 'config', template, target.limits.configSpec, origin)
  if (governed.length > 0) checkLength(lowering, 'ConfigConstraint', constraint, target.limits.configConstraint, origin)
  return map(
    pair('name', scalar(configTemplateName(addon.name, component, name), origin)),
    pair('templateRef', template),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(name, origin)),
    governed.length === 0 ? [] : [...pair('constraintRef', constraint), ...pair('keys', seq(governed.map((file) => scalar(file.name, file.origin))))],
  )
}
