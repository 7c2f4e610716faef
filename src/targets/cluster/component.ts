import { type Entry, expr, includeWith, map, not, pair, scalar, seq, values } from '../../gotemplate/index.ts'
import { clusterChartName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { componentServices, hasClusterServices } from './exposure.ts'
import { serviceReferences } from './references.ts'
import { hasSchedulingPolicy, schedulingPolicy } from './scheduling.ts'
import type { SizedComponent } from './sizes.ts'
import { tls } from './tls.ts'

/** An item of `componentSpecs`. */
export function componentFields(lowering: Lowering, size: SizedComponent): readonly Entry[] {
  const { name, origin } = size.component
  const isOld = lowering.release.family === 'clusterdefinition'
  return [...pair('name', scalar(name, origin)), ...(isOld ? pair('componentDefRef', name) : []), ...fields(lowering, size)]
}

/** An item of `shardings`, from 1.0 on. */
export function shardingFields(lowering: Lowering, size: SizedComponent): readonly Entry[] {
  const { name, origin } = size.component
  const shards = size.shards === undefined ? [] : pair('shards', expr(values(size.shards), 'raw'))
  return [...pair('name', scalar(name, origin)), ...shards, ...pair('template', map(fields(lowering, size)))]
}

function fields(lowering: Lowering, size: SizedComponent): readonly Entry[] {
  const { addon, release } = lowering
  const { component } = size
  const isOld = release.family === 'clusterdefinition'
  const isFaced = component.name === facedComponent(addon)?.name
  return [
    ...(isOld ? [] : pair('serviceVersion', expr(values('version')))),
    ...(component.metrics === undefined ? [] : monitoring(isOld)),
    ...pair('replicas', expr(values(size.replicas), 'raw')),
    ...resources(lowering, size),
    ...claims(lowering, size),
    ...(isFaced && !hasClusterServices(release) ? componentServices() : []),
    ...tls(lowering, component),
    ...(isOld ? [] : serviceReferences(component)),
    ...(hasSchedulingPolicy(release) ? pair('schedulingPolicy', schedulingPolicy(clusterChartName(addon), size)) : []),
  ]
}

function monitoring(isOld: boolean): readonly Entry[] {
  return isOld ? pair('monitor', expr(values('monitor'), 'raw')) : pair('disableExporter', expr(not(values('monitor')), 'raw'))
}

function resources({ addon }: Lowering, { cpu, memory }: SizedComponent): readonly Entry[] {
  const amounts = map(pair('cpu', expr(values(cpu))), pair('memory', expr(includeWith(`${clusterChartName(addon)}.gibibytes`, values(memory)))))
  return pair('resources', map(pair('requests', amounts), pair('limits', amounts)))
}

function claims({ addon }: Lowering, { claims }: SizedComponent): readonly Entry[] {
  if (claims.length === 0) return []
  const templates = claims.map(({ volume, value }) => {
    const storage = expr(includeWith(`${clusterChartName(addon)}.gibibytes`, values(value)))
    const spec = map(
      [{ kind: 'if', condition: values('storageClassName'), body: pair('storageClassName', expr(values('storageClassName'))) }],
      pair('accessModes', seq([scalar('ReadWriteOnce')])),
      pair('resources', map(pair('requests', map(pair('storage', storage))))),
    )
    return map(pair('name', scalar(volume.name, volume.origin)), pair('spec', spec))
  })
  return pair('volumeClaimTemplates', seq(templates))
}
