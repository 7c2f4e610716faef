import { didYouMean } from '../../../diagnostics/index.ts'
import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { fileUses } from '../../source/file-uses.ts'

/** Hints that are looked for: each compares a path with all files. */
const MAX_HINTS = 50

const rule: SourceRule = {
  code: 'source/files-get',
  source: 'helm: pkg/engine/files.go; corpus: tdengine of 0.6 to 0.8, neo4j, rabbitmq and kafka of 1.0',
  check(chart) {
    const { templates, files } = readChart(chart)
    const known = [...files]
    let missing = 0
    return templates.flatMap(fileUses).flatMap(({ method, path, template, offset }) => {
      if (method === 'Glob' || files.has(path)) return []
      const hidden = chart.paths.includes(path)
      const what = hidden ? `Helm hides "${path}" from templates` : `The chart has no file "${path}"`
      return [findingIn(template, offset, `${what}, so this gives nothing.`, hidden || missing++ >= MAX_HINTS ? undefined : hint(path, known))]
    })
  },
}
export default rule

/** A file of the same name elsewhere, or one that is spelt alike. */
function hint(path: string, files: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const same = files.filter((file) => file.slice(file.lastIndexOf('/') + 1) === name)
  const best = same.length === 1 ? same[0] : didYouMean(path, files)
  return best === undefined ? undefined : `did you mean "${best}"?`
}
