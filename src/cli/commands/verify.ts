import { existsSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { checkChartFiles } from '../../check/chart-files.ts'
import { type Finding, type Place, UsageFault } from '../../diagnostics/index.ts'
import { readYaml } from '../../goyaml/index.ts'
import { decodeUtf8 } from '../../load/index.ts'
import { textAt } from '../../objects/index.ts'
import { pack } from '../../pack/index.ts'
import { type Keyring, readText } from '../../pack/openpgp.ts'
import { provenanceProblems } from '../../pack/provenance.ts'
import type { CompiledChart } from '../../pipeline.ts'
import { type ReadPackage, readPackage } from '../../subject/index.ts'
import { type Change, sha256 } from '../../tree/index.ts'
import { readIfThere } from '../files.ts'
import { chooseKeyring } from '../keys.ts'
import { differences } from '../package-differences.ts'
import { type Claim, createRebuilder, type Rebuilder } from '../rebuild.ts'
import { chooseAddons, chooseHelm, createSession, type FormatOptions, type Session } from '../session.ts'

export interface VerifyOptions extends FormatOptions {
  readonly addon?: string
  readonly keyring?: string
  readonly helm?: string | boolean
}

/** Bytes of a .prov that are read: far more than any Chart.yaml has. */
const MAX_PROVENANCE = 1024 * 1024

/** `addonsmith verify`: unpacks packages in memory, makes them again from the sources, compares every byte, and checks their signatures. Writes nothing. */
export async function verify(packages: readonly string[], options: VerifyOptions): Promise<number> {
  const session = createSession()
  const { cwd } = session.context
  for (const shown of packages) {
    if (!existsSync(resolve(cwd, shown))) throw new UsageFault(`${shown} does not exist.`)
    if (!statSync(resolve(cwd, shown)).isFile()) throw new UsageFault(`${shown} is not a package.`, { fix: 'A package is a file that ends in .tgz.' })
  }
  const keyring = await chooseKeyring(session, options.keyring)
  const addons = chooseAddons(options.addon === undefined ? [] : [options.addon], cwd)
  const helm = await chooseHelm(session, options.helm === true ? undefined : options.helm)
  try {
    const rebuilder = createRebuilder(session, addons, helm)
    const lines: string[] = []
    for (const shown of new Set(packages)) lines.push(...(await verifyPackage(session, resolve(cwd, shown), rebuilder, keyring)))
    return await session.finish('verify', options.format, lines)
  } finally {
    helm?.close()
  }
}

/** Verifies one package; the lines to print about it. */
async function verifyPackage(session: Session, path: string, rebuilder: Rebuilder, keyring: Keyring | undefined): Promise<readonly string[]> {
  const { context, results } = session
  const shown = context.display(path)
  const place: Place = { file: shown, line: 1, column: 1 }
  let errors = 0
  const report = (finding: Finding) => {
    errors++
    context.report({ place, ...finding })
  }
  const read = await readPackage(path)
  if ('message' in read) {
    report({ code: 'chart/unsafe-file', message: read.message })
    results.push({ subject: shown, state: 'refused' })
    return [`${shown}: refused`]
  }
  const claim = claimOf(read, shown, context.report)
  if (claim === undefined) {
    results.push({ subject: shown, state: 'refused' })
    return [`${shown}: refused`]
  }
  const expectedName = `${claim.name}-${claim.version}.tgz`
  if (basename(path) !== expectedName)
    report({ code: 'package/name', message: `The file is not called ${JSON.stringify(expectedName)}, as what is in it.` })
  const signedBy = await verifySignature({ ...session, context: { ...context, report } }, path, read, keyring)
  const rebuilt = await rebuilder.rebuild(claim)
  const result = { subject: shown, version: claim.version, sha256: sha256(read.bytes), ...(signedBy === undefined ? {} : { signedBy }) }
  if ('finding' in rebuilt) {
    report(rebuilt.finding)
    results.push({ ...result, state: 'not-checked' })
    return [`${shown}: not compared`]
  }
  const { chart } = rebuilt
  const { changes, lines, isEqual } = await compare(chart, read, shown)
  const source = chart.source.locate([]).file
  const signature = signedBy === undefined ? '' : `, signed by ${signedBy}`
  if (!isEqual) {
    report({
      code: 'package/different',
      message: `The package is not what ${source} gives for KubeBlocks ${chart.kubeblocks}: ${summaryOf(changes)}.`,
    })
    results.push({ ...result, kubeblocks: chart.kubeblocks, state: 'different', changes: [...changes] })
    return [`${shown}: different${signature}`, ...lines]
  }
  results.push({ ...result, kubeblocks: chart.kubeblocks, state: errors > 0 ? 'refused' : 'verified' })
  const what = `${source} gives the same bytes for KubeBlocks ${chart.kubeblocks}, sha256 ${result.sha256}${signature}`
  return [`${shown}: ${errors > 0 ? 'refused, though' : 'verified,'} ${what}`]
}

function summaryOf(changes: readonly Change[]): string {
  if (changes.length === 0) return 'its files are equal, and the archive around them is not, as when something else packed it'
  const list = changes.slice(0, 5).map(({ path, change }) => `${path} (${change})`)
  return list.join(', ') + (changes.length > 5 ? ` and ${changes.length - 5} more` : '')
}

/** What a package says it is; nothing, with findings, when it is no chart. */
function claimOf({ files }: ReadPackage, shown: string, report: (finding: Finding) => void): Claim | undefined {
  const text = decodeUtf8(files.get('Chart.yaml') ?? new Uint8Array())
  let errors = 0
  const identity = checkChartFiles(
    {
      read: (path) => (files.has(path) && path === 'Chart.yaml' ? text : undefined),
      place: (file, line = 1, column = 1) => ({ file: `${shown}/${file}`, line, column }),
    },
    (finding) => {
      errors++
      report(finding)
    },
  )
  const version = textAt(readYaml(text ?? '').value, 'version')
  return identity === undefined || version === undefined || errors > 0 ? undefined : { name: identity.name, version, kubeblocks: identity.kubeblocks }
}

/** Packs the chart with the time that the package has, and compares. */
async function compare(chart: CompiledChart, { bytes, files, epoch }: ReadPackage, shown: string) {
  const expected = await pack(chart, chart.tree, epoch)
  const isEqual = Buffer.from(expected.bytes).equals(bytes)
  const tree = new Map([...chart.tree].map(([path, file]) => [path, file.bytes]))
  return { isEqual, ...(isEqual ? { changes: [], lines: [] } : await differences(tree, files, shown)) }
}

/** Checks the .prov beside a package; the fingerprint of the key that signed it, when everything about it is good. */
async function verifySignature(
  { context, notChecked }: Session,
  path: string,
  read: ReadPackage,
  keyring: Keyring | undefined,
): Promise<string | undefined> {
  const file = `${path}.prov`
  const shown = context.display(file)
  const signature = readIfThere(file)
  if (signature === undefined) {
    if (keyring !== undefined)
      context.report({ code: 'package/unsigned', message: `There is no ${shown}.`, place: { file: context.display(path), line: 1, column: 1 } })
    return undefined
  }
  const place: Place = { file: shown, line: 1, column: 1 }
  const message = signature.subarray(0, MAX_PROVENANCE).toString('utf8')
  const text = await readText(message)
  const problems: string[] = []
  if (text === undefined) problems.push('It is no clear-signed OpenPGP message.')
  else {
    const chartYaml = decodeUtf8(read.files.get('Chart.yaml') ?? new Uint8Array())
    problems.push(...provenanceProblems(text, { name: basename(path), bytes: read.bytes, chartYaml }))
  }
  const verdict = text === undefined ? undefined : await keyring?.verify(message)
  if (verdict?.problem !== undefined) problems.push(`It does not stand: ${verdict.problem}.`)
  for (const problem of problems) context.report({ code: 'package/signature', message: problem, place })
  if (keyring === undefined) notChecked.push(`the signature of ${shown}: no --keyring says whose keys are good`)
  return problems.length === 0 ? verdict?.signedBy : undefined
}
