import { countSeverities, jsonPointer, type Place } from '../../diagnostics/index.ts'
import type { Report } from '../../generated/report.ts'
import { jsonText } from './escape.ts'
import type { Run } from './run.ts'

/** Everything as one document (schemas/report.v1.schema.json). */
export function json(run: Run): string {
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
  return jsonText(report)
}

function placeJson({ file, line, column, path }: Place) {
  return { file, line, column, ...(path === undefined ? {} : { pointer: jsonPointer(path) }) }
}
