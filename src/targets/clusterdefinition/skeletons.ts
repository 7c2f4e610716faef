import type { Component, Parameter } from '../../model/addon.ts'
import type { Chart } from '../../model/chart.ts'
import { clusterVersionName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { valueRows } from '../shared/value-rows.ts'
import { chartValues } from '../shared/values.ts'
import { facedComponent } from './face.ts'
import { gracePeriod } from './facts.ts'

/** The files of the chart that are whole texts: helpers, notes, README, .helmignore. */
export function skeletonsOf(lowering: Lowering): Chart['skeletons'] {
  const { addon, release } = lowering
  const faced = facedComponent(addon) ?? addon.components[0]
  const service = faced?.services.find(({ name }) => name === 'default')
  const many = faced?.replicas.recommended[0] ?? 3
  const create = `kbcli cluster create ${addon.name} --cluster-definition=${addon.name}${setFlags(lowering, faced, faced?.replicas.default ?? 1)}`
  const createMany = `kbcli cluster create ${addon.name} --cluster-definition=${addon.name}${setFlags(lowering, faced, many)}`
  const common = {
    name: addon.name,
    kubeblocks: release.version,
    version: addon.version,
    create,
    createMany,
    firstComponent: faced?.name ?? addon.name,
  }
  return [
    { path: 'templates/_helpers.tpl', skeleton: 'chart/_helpers.tpl', data: { name: addon.name, generator: addon.version } },
    {
      path: 'templates/NOTES.txt',
      skeleton: 'chart/NOTES.txt',
      data: {
        ...common,
        title: addon.name,
        versions: addon.versions.map(({ version, isDefault }) => (isDefault ? `${version} (default)` : version)).join(', '),
        endpoints: (service?.ports ?? []).map(({ name, number }) => ({ name, port: number, component: faced?.name })),
      },
    },
    { path: '.helmignore', skeleton: 'chart/helmignore', data: {} },
    { path: 'README.md', skeleton: 'chart/README.md', data: { ...common, ...readmeData(lowering) } },
  ]
}

/** Flags for the resources, storage and replicas of a cluster. */
function setFlags({ addon }: Lowering, component: Component | undefined, replicas: number): string {
  const size = component?.volumes.flatMap((volume) => (volume.kind === 'claim' && volume.size !== undefined ? [volume.size] : []))[0]
  const set = [
    ...(addon.resources === undefined ? [] : [`cpu=${addon.resources.cpu}`, `memory=${addon.resources.memory}`]),
    ...(size === undefined ? [] : [`storage=${size}`]),
    `replicas=${replicas}`,
  ]
  return ` --set ${set.join(',')}`
}

function readmeData({ addon }: Lowering): object {
  const leaving = addon.components.find(({ memberLeave }) => memberLeave !== undefined)
  return {
    description: addon.description,
    home: addon.home ?? '',
    license: addon.license ?? '',
    components: addon.components.map((component) => ({
      name: component.name,
      ports: component.containers.flatMap(({ ports }) => ports.map(({ name, number }) => `${name} ${number}`)).join(', '),
      replicas: [component.replicas.default, ...component.replicas.recommended].join(', '),
      volumes: component.volumes
        .flatMap((volume) => (volume.kind === 'claim' ? [`${volume.name}${volume.size === undefined ? '' : ` ${volume.size}`}`] : []))
        .join(', '),
    })),
    claim: addon.components.flatMap(({ volumes }) => volumes).find(({ kind }) => kind === 'claim')?.name ?? '',
    leave: leaving?.memberLeave === undefined ? null : { script: leaving.memberLeave.script, grace: gracePeriod(leaving) },
    versions: addon.versions.map(({ version, isDefault, upgradeFrom }) => ({
      version,
      object: clusterVersionName(addon.name, version),
      isDefault,
      upgradeFrom: upgradeFrom.join(', '),
    })),
    backup: (addon.backup?.methods ?? []).slice(0, 1).map(({ name, schedule }) => ({
      name,
      schedule: schedule === undefined ? '' : `${schedule.cron}${schedule.enabled ? ', on' : ''}`,
      keep: schedule?.keep ?? '',
    })),
    guide: addon.guide?.text.trimEnd() ?? '',
    parameters: addon.components.flatMap(({ configs }) =>
      configs.flatMap(({ files }) =>
        files.flatMap(({ name, parameters }) => (parameters === undefined ? [] : [{ file: name, rows: parameters.map(parameterRow) }])),
      ),
    ),
    values: valueRows(chartValues(addon)),
  }
}

function parameterRow({ name, type, minimum, maximum, enum: allowed, unit, default: preset, change, description }: Parameter): object {
  const bounds = minimum === undefined && maximum === undefined ? '' : `${minimum ?? ''} to ${maximum ?? ''}`.trim()
  const range = allowed === undefined ? bounds : allowed.join(', ')
  return {
    name,
    type,
    range: unit === undefined ? range : `${range} ${unit}`.trim(),
    default: preset === undefined ? '' : String(preset),
    change,
    description,
  }
}
