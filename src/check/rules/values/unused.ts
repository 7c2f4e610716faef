import type { SourceRule } from '../../rule.ts'
import { readChart } from '../../source/chart.ts'
import { mentionedPaths, valueUses } from '../../source/uses.ts'
import { showPath } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'values/unused',
  source: 'helm: v4.1.4 pkg/chart/common/util/values.go: values reach templates, and nothing else; test/rules/fixtures/values/unused.txt',
  check(chart) {
    const { templates, vendored, values, others, dependencies } = readChart(chart)
    if (values === undefined || !dependencies.complete) return []
    const used: Used = { whole: false, below: new Map() }
    for (const template of [...templates, ...vendored]) for (const { path } of valueUses(template)) addUse(used, path)
    for (const path of dependencies.conditions) addUse(used, path)
    for (const path of mentionedPaths(values.text)) addUse(used, path)
    if (templates.some(({ text }) => /\btpl\b/.test(text)))
      for (const path of others) for (const mentioned of mentionedPaths(chart.read(path) ?? '')) addUse(used, mentioned)
    return values.leaves
      .filter(({ path: [top = ''] }) => !dependencies.keys.has(top) && top !== 'tags')
      .filter(({ path }) => !isRead(used, path))
      .map(({ path, offset }) => {
        const { line, column } = values.place(offset)
        return { file: 'values.yaml', line, column, message: `No template reads the value "${showPath(path)}".` }
      })
  },
}
export default rule

interface Used {
  /** Whether the value is read as it is, with all below it. */
  whole: boolean
  readonly below: Map<string, Used>
}

function addUse(root: Used, path: readonly string[]): void {
  let node = root
  for (const key of path) {
    const next: Used = node.below.get(key) ?? { whole: false, below: new Map() }
    node.below.set(key, next)
    node = next
  }
  node.whole = true
}

/** Whether a value is read, or one above or below it. */
function isRead(root: Used, path: readonly string[]): boolean {
  let node = root
  for (const key of path) {
    if (node.whole) return true
    const next = node.below.get(key)
    if (next === undefined) return false
    node = next
  }
  return true
}
