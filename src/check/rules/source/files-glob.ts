import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { fileUses } from '../../source/file-uses.ts'
import { globMatcher } from '../../source/ignored.ts'

const rule: SourceRule = {
  code: 'source/files-glob',
  source: 'helm: pkg/engine/files.go Glob',
  check(chart) {
    const { templates, files } = readChart(chart)
    return templates.flatMap(fileUses).flatMap(({ method, path, template, offset }) => {
      if (method !== 'Glob') return []
      const matches = globMatcher(path)
      for (const file of files) if (matches(file)) return []
      return [findingIn(template, offset, `No file of the chart matches "${path}", so this gives nothing.`)]
    })
  },
}
export default rule
