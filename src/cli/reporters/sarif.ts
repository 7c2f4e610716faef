import { createHash } from 'node:crypto'
import { type Code, catalogue, type Place, type Severity } from '../../diagnostics/index.ts'
import { identityOf } from '../../policy/index.ts'
import { jsonText, markdownText, plain } from './escape.ts'
import { isInside, uriOf } from './paths.ts'
import type { Run } from './run.ts'

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** The root of the repository, as results name it; where it lies on this machine is nobody's business. */
const ROOT = '%SRCROOT%'

/** SARIF 2.1.0, for code scanning. */
export function sarif(run: Run): string {
  const codes = [...new Set(run.diagnostics.map(({ code }) => code))].sort()
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'addonsmith', version: run.version, semanticVersion: run.version, rules: codes.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: run.exitCode,
            toolExecutionNotifications: run.notChecked.map((what) => ({ level: 'warning', message: { text: messageText(`Not checked: ${what}`) } })),
          },
        ],
        results: resultsOf(run, codes),
      },
    ],
  })
}

function descriptor(code: Code) {
  const { severity, title, why, fix } = catalogue[code]
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} What to do: ${fix}`, markdown: `${markdownText(why)}\n\n*What to do:* ${markdownText(fix)}` },
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

function resultsOf(run: Run, codes: readonly Code[]): readonly object[] {
  const seen = new Map<string, number>()
  return run.diagnostics.map((diagnostic) => {
    const { code, severity, message, place, hint, kubeblocks, related = [] } = diagnostic
    const key = identityOf({
      ...diagnostic,
      file: diagnostic.place === undefined ? '' : run.fromRoot(diagnostic.place.file),
      kubeblocks: diagnostic.kubeblocks ?? [],
    })
    const occurrence = seen.get(key) ?? 0
    seen.set(key, occurrence + 1)
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: LEVELS[severity],
      message: { text: messageText(hint === undefined ? message : `${message} Hint: ${hint}`) },
      ...(place === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(run, place) }] }),
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map((other) => ({
              message: { text: messageText(other.message) },
              physicalLocation: physicalLocation(run, other.place),
            })),
          }),
      partialFingerprints: { 'addonsmith/v1': createHash('sha256').update(`${key}\0${occurrence}`).digest('hex') },
      ...(kubeblocks === undefined ? {} : { properties: { kubeblocks } }),
    }
  })
}

function physicalLocation(run: Run, { file, line, column }: Place) {
  const path = run.fromRoot(file)
  return {
    artifactLocation: { uri: uriOf(path), ...(isInside(path) ? { uriBaseId: ROOT } : {}) },
    region: { startLine: line, startColumn: column },
  }
}

/** A message in which viewers find no link: SARIF reads `[text](target)` as one. */
function messageText(text: string): string {
  return plain(text).replaceAll('](', ']\u200b(')
}
