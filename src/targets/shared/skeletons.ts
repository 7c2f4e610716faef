import type { Code } from '../../gotemplate/index.ts'
import type { Parameter, ResolvedAddon } from '../../model/addon.ts'
import type { Chart } from '../../model/chart.ts'
import { clusterChartName } from '../names.ts'
import { valueRows } from './value-rows.ts'
import { chartValues } from './values.ts'

/** What a generation says differently in the texts of a chart. */
export interface SkeletonParts {
  /** KubeBlocks release. */
  readonly kubeblocks: string
  /** The kind that engine versions are objects of, and the name of one. */
  readonly versionKind: string
  readonly versionName: (version: string) => string
  /** Whether a component has one backup method; otherwise all there are. */
  readonly hasOneMethod: boolean
  /** Values whose hash is part of the names of definitions; none where names are fixed. */
  readonly frozen: readonly { readonly name: string; readonly code: Code; readonly default: unknown }[]
}

/** The files of the chart that are whole texts: helpers, notes, README, .helmignore. */
export function skeletonsOf(addon: ResolvedAddon, parts: SkeletonParts): Chart['skeletons'] {
  const common = { name: addon.name, clusterChart: clusterChartName(addon), kubeblocks: parts.kubeblocks, version: addon.version }
  return [
    {
      path: 'templates/_helpers.tpl',
      skeleton: 'chart/_helpers.tpl',
      data: { name: addon.name, generator: addon.version, ...frozenData(parts.frozen) },
    },
    {
      path: 'templates/NOTES.txt',
      skeleton: 'chart/NOTES.txt',
      data: {
        ...common,
        title: addon.name,
        versions: addon.versions.map(({ version, isDefault }) => (isDefault ? `${version} (default)` : version)).join(', '),
      },
    },
    { path: '.helmignore', skeleton: 'chart/helmignore', data: {} },
    { path: 'README.md', skeleton: 'chart/README.md', data: { ...common, ...readmeData(addon, parts) } },
  ]
}

/** The helper that makes the hash compares what is given with the defaults, both as JSON of Go. */
function frozenData(frozen: SkeletonParts['frozen']): object {
  if (frozen.length === 0) return { frozen: null }
  const defaults = Object.fromEntries(frozen.map(({ name, default: value }) => [name, value]))
  return { frozen: { values: frozen.map(({ name, code }) => ({ name, code })), defaults: JSON.stringify(defaults) } }
}

function readmeData(addon: ResolvedAddon, parts: SkeletonParts): object {
  const methods = (addon.backup?.methods ?? []).slice(0, parts.hasOneMethod ? 1 : undefined)
  return {
    description: addon.description,
    home: addon.home ?? '',
    license: addon.license ?? '',
    components: addon.components.map((component) => ({
      name: component.name,
      ports: component.containers.flatMap(({ ports }) => ports.map(({ name, number }) => `${name} ${number}`)).join(', '),
      replicas: [...new Set([component.replicas.default, ...component.replicas.recommended])].join(', '),
      volumes: component.volumes
        .flatMap((volume) => (volume.kind === 'claim' ? [`${volume.name}${volume.size === undefined ? '' : ` ${volume.size}`}`] : []))
        .join(', '),
    })),
    versionKind: parts.versionKind,
    areKept: parts.frozen.length > 0,
    versions: addon.versions.map(({ version, isDefault, upgradeFrom }) => ({
      version,
      object: parts.versionName(version),
      isDefault,
      upgradeFrom: upgradeFrom.join(', '),
    })),
    backup: methods.map(({ name, schedule }) => ({
      name,
      schedule: schedule === undefined ? '' : `${schedule.cron}${schedule.enabled ? ', on' : ''}`,
      keep: schedule?.keep ?? '',
    })),
    parameters: addon.components.flatMap(({ configs }) =>
      configs.flatMap(({ files }) =>
        files.flatMap(({ name, parameters }) => (parameters === undefined ? [] : [{ file: name, rows: parameters.map(parameterRow) }])),
      ),
    ),
    values: valueRows(chartValues(addon)),
  }
}

function parameterRow({ name, type, minimum, maximum, enum: allowed, unit, default: preset, change, description }: Parameter): object {
  const range = allowed === undefined ? boundsText(minimum, maximum) : allowed.join(', ')
  return {
    name,
    type,
    range: unit === undefined ? range : `${range} ${unit}`.trim(),
    default: preset === undefined ? '' : String(preset),
    change,
    description,
  }
}

function boundsText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return maximum === undefined ? '' : `at most ${maximum}`
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`
}
