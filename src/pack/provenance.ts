import { readYaml } from '../goyaml/index.ts'
import { keysAt, textAt } from '../objects/index.ts'
import { sha256 } from '../tree/index.ts'

/** Between the parts of what is signed. helm: pkg/provenance/sign.go parseMessageBlock. */
const DIVIDER = '\n...\n'

/** What Helm signs for a package: Chart.yaml, and the digest of the archive by its name. helm: pkg/provenance/sign.go messageBlock. */
export function provenanceText(chartYaml: string, archive: { readonly name: string; readonly sha256: string }): string {
  return `${chartYaml}${DIVIDER}files:\n  ${archive.name}: sha256:${archive.sha256}\n`
}

/** Why a text that was signed does not stand for a package, as sentences; none when it does. Helm itself compares the digest alone. */
export function provenanceProblems(
  text: string,
  archive: { readonly name: string; readonly bytes: Uint8Array; readonly chartYaml: string | undefined },
): readonly string[] {
  const parts = text.replaceAll('\r\n', '\n').split(DIVIDER)
  const [signedChart = '', files] = parts
  if (files === undefined || parts.length !== 2) return ['What is signed is not the Chart.yaml and the digest of a package.']
  const digests = readYaml(files).value
  const signed = textAt(digests, 'files', archive.name)
  const problems: string[] = []
  if (signed === undefined) {
    const others = keysAt(digests, 'files')
      .map((name) => JSON.stringify(name))
      .join(', ')
    problems.push(`What is signed has no digest of ${archive.name}${others === '' ? '' : `, but of ${others}`}.`)
  } else if (signed !== `sha256:${sha256(archive.bytes)}`)
    problems.push(`The digest that is signed is ${signed}, and that of the package is sha256:${sha256(archive.bytes)}.`)
  // White space at ends of lines is not signed (RFC 9580, 7.2).
  const lines = (yaml: string) => yaml.replace(/[ \t\r]+$/gm, '').trimEnd()
  if (archive.chartYaml !== undefined && lines(signedChart) !== lines(archive.chartYaml) && !isSameYaml(signedChart, archive.chartYaml))
    problems.push('The Chart.yaml that is signed is not the one in the package.')
  return problems
}

/** Helm writes fields in another order than authors. */
function isSameYaml(a: string, b: string): boolean {
  return canonical(readYaml(a).value) === canonical(readYaml(b).value)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
