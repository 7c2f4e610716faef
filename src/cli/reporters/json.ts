import { countSeverities, type Diagnostic, jsonPointer, type Place } from '../../diagnostics/index.ts'
import type { Report, Result } from '../../generated/report.ts'

/** Prints everything as one JSON document on stdout (schemas/report.v1.schema.json). */
export function printJson(run: {
  readonly command: string
  readonly exitCode: number
  readonly diagnostics: readonly Diagnostic[]
  readonly results: readonly Result[]
  readonly notChecked: readonly string[]
}): void {
  const counts = countSeverities(run.diagnostics)
  const report: Report = {
    version: 1,
    command: run.command,
    exitCode: run.exitCode,
    summary: { errors: counts.error, warnings: counts.warning, infos: counts.info, notChecked: run.notChecked },
    diagnostics: run.diagnostics.map(({ code, severity, message, kubeblocks, place, hint, related }) => ({
      code,
      severity,
      message,
      ...(kubeblocks === undefined ? {} : { kubeblocks }),
      ...(place === undefined ? {} : { place: placeJson(place) }),
      ...(hint === undefined ? {} : { hint }),
      ...(related === undefined ? {} : { related: related.map((other) => ({ place: placeJson(other.place), message: other.message })) }),
    })),
    results: run.results,
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
}

function placeJson({ file, line, column, path }: Place) {
  return { file, line, column, ...(path === undefined ? {} : { pointer: jsonPointer(path) }) }
}
