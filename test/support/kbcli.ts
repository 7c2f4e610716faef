import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import {
  type ClusterChartFiles,
  type FlagValue,
  flagsOf,
  type GivenFlags,
  type HelmValues,
  kbcliRelease,
  refusals,
  schemasIn,
  valuesFrom,
} from '../../src/kbcli/index.ts'
import { at, listAt, textAt } from '../../src/objects/index.ts'
import { renderedObjects, runHelm } from './helm.ts'

/** What `kbcli cluster create TYPE NAME` is asked for. */
export interface KbcliCreate {
  /** A folder with the chart. Dependencies `file://` are taken from where they are. */
  readonly chart: string
  /** The KubeBlocks release whose kbcli it is. */
  readonly release: string
  /** Flags by name, without dashes: `{ replicas: 3, 'tls.enabled': true }`. */
  readonly flags?: GivenFlags
  readonly name?: string
  readonly namespace?: string
  /** The ClusterVersion that kbcli before 0.9 looks up in Kubernetes when --version is not given. */
  readonly clusterVersion?: string
  readonly helm?: 3 | 4
}

export interface KbcliCreated {
  /** Why kbcli creates nothing; empty when it does. */
  readonly refused: readonly string[]
  /** What Helm was given. */
  readonly values: HelmValues
  /** What kbcli creates; hooks are not among it. */
  readonly objects: readonly unknown[]
}

/**
 * Renders a cluster chart with Helm as kbcli does it: flags from the schemas, values from flags, checked with the schemas. Flags of kbcli's own
 * that change the rendered Cluster (--tolerations and the like) are not applied.
 */
export function kbcliCreate(create: KbcliCreate): KbcliCreated {
  const folder = staged(create.chart)
  try {
    return createFrom(folder, create)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function createFrom(
  folder: string,
  { release, flags: given = {}, name = 'mycluster', namespace = 'demo', clusterVersion, helm = 3 }: KbcliCreate,
): KbcliCreated {
  const kbcli = kbcliRelease(release)
  if (kbcli === undefined) throw new Error(`kbcli of ${release} has no types of clusters`)
  const schemas = schemasIn(filesIn(folder))
  if (schemas === undefined) throw new Error('it is not known what kbcli reads of the chart')
  const { flags, problems } = flagsOf(schemas, kbcli)
  const known = new Map(flags.map((flag) => [flag.name, flag]))
  const unknown = Object.keys(given).filter((flag) => !known.has(flag))
  const missing = flags.filter((flag) => flag.isRequired && given[flag.name] === undefined)
  const { checked, helm: values } = valuesFrom(schemas, kbcli, given, clusterVersion)
  const broken = problems.filter(({ kind }) => kind === 'refused').map(({ message }) => `kbcli ${message}`)
  const references = refusals(schemas, kbcli).filter(({ kind }) => kind === 'reference')
  broken.push(...references.map(({ path }) => `kbcli crashes at ${path.join('.')}`))
  if (broken.length > 0) return { refused: broken, values, objects: [] }
  const refused = [
    ...unknown.map((flag) => `unknown flag: --${flag}`),
    ...Object.entries(given).flatMap(([flag, value]) => wrongType(flag, known.get(flag)?.type, value)),
    ...missing.map((flag) => `required flag "${flag.name}" not set`),
    ...[schemas.chart, schemas.dependency?.schema].flatMap((schema) => violations(schema, checked)),
  ]
  if (refused.length > 0) return { refused, values, objects: [] }
  const file = join(folder, '.values-of-kbcli.json')
  writeFileSync(file, JSON.stringify(values))
  const output = runHelm(helm, ['template', name, folder, '--namespace', namespace, '--values', file, '--no-hooks'])
  return { refused, values, objects: renderedObjects(output) }
}

/** A copy of a chart with its `file://` dependencies in `charts/`, and those in archives unpacked. */
function staged(chart: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kbcli-'))
  cpSync(chart, folder, { recursive: true })
  for (const dependency of listAt(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')), 'dependencies')) {
    const path = /^file:\/\/(.+)$/.exec(textAt(dependency, 'repository') ?? '')?.[1]
    const target = join(folder, 'charts', textAt(dependency, 'name') ?? '')
    const isPacked = existsSync(`${target}-${textAt(dependency, 'version') ?? ''}.tgz`)
    if (path !== undefined && !existsSync(target) && !isPacked) cpSync(resolve(chart, path), target, { recursive: true })
  }
  const charts = join(folder, 'charts')
  for (const archive of existsSync(charts) ? readdirSync(charts).filter((name) => name.endsWith('.tgz')) : []) {
    execFileSync('tar', ['-xzf', archive], { cwd: charts })
    rmSync(join(charts, archive))
  }
  return folder
}

function filesIn(folder: string): ClusterChartFiles {
  return {
    paths: readdirSync(folder, { recursive: true, encoding: 'utf8' }),
    read: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
  }
}

/** The type of the value of a flag; kbcli would not read another. */
function wrongType(flag: string, type: string | undefined, value: FlagValue): readonly string[] {
  const wanted: Readonly<Record<string, string>> = { bool: 'boolean', int: 'number', float64: 'number', string: 'string' }
  const isRight = type === undefined || (wanted[type] === undefined ? Array.isArray(value) : typeof value === wanted[type])
  return isRight ? [] : [`invalid argument ${JSON.stringify(value)} for --${flag}, which is a flag of type ${type}`]
}

const NOT_CHECKED: ReadonlySet<string> = new Set(['$schema', 'if', 'then', 'else', 'const'])

/** What a schema has against values, as kbcli checks them before Helm does. */
function violations(schema: unknown, values: HelmValues): readonly string[] {
  if (schema === undefined) return []
  // The validator of kbcli does not look at these; Helm's does.
  const rest = JSON.parse(JSON.stringify(schema), (key, value: unknown) => (NOT_CHECKED.has(key) ? undefined : value)) as object
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false })
  if (ajv.validate(rest, values)) return []
  return (ajv.errors ?? []).map(({ instancePath, message = '', params }) => {
    const extra = at(params, 'additionalProperty')
    return `${instancePath === '' ? 'the values' : instancePath} ${message}${extra === undefined ? '' : `: ${String(extra)}`}`
  })
}
