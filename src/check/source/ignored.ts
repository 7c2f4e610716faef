/** Paths that `.helmignore` hides from Helm (Go: helm pkg/ignore). A rule with `!` makes Helm lose the whole chart, and is left out here. */
export function hiddenPaths(rules: string, paths: readonly string[]): ReadonlySet<string> {
  const patterns = rules
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('!') && !line.includes('**'))
    .map((line) => {
      const rule = line.replace(/\/$/, '')
      const matches = globMatcher(rule.replace(/^\//, ''))
      // A rule with a slash is about the path from the chart, one without about the name of a file or folder anywhere.
      const whole = rule.includes('/')
      return { folders: line.endsWith('/'), whole, matches }
    })
  if (patterns.length === 0) return new Set()
  const folders = new Map<string, boolean>()
  const isHidden = (path: string, isFolder: boolean): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return patterns.some((pattern) => (isFolder || !pattern.folders) && pattern.matches(pattern.whole ? path : name))
  }
  const inHidden = (path: string): boolean => {
    const end = path.lastIndexOf('/')
    if (end < 0) return false
    const folder = path.slice(0, end)
    const before = folders.get(folder)
    if (before !== undefined) return before
    const hidden = inHidden(folder) || isHidden(folder, true)
    folders.set(folder, hidden)
    return hidden
  }
  return new Set(paths.filter((path) => inHidden(path) || isHidden(path, false)))
}

/** Wildcards a pattern may have: with more, matching one long path could take for ever. */
const MAX_WILDCARDS = 8

/** Matches paths as `filepath.Match` and `.Files.Glob` do; a pattern that is too odd to be sure about matches everything. */
export function globMatcher(pattern: string): (path: string) => boolean {
  if ((pattern.match(/[*?[{]/g) ?? []).length > MAX_WILDCARDS) return () => true
  let depth = 0
  const source = pattern.replace(/\*\*|\*|\?|\[[!^]?[^\]]+\]|[{},]|\\.|[^\w/]/g, (sign) => {
    if (sign === '**') return '.*'
    if (sign === '*') return '[^/]*'
    if (sign === '?') return '[^/]'
    if (sign.startsWith('[')) return sign.replace(/^\[!/, '[^')
    if (sign === '{') return depth++ >= 0 ? '(?:' : sign
    if (sign === '}') return depth-- > 0 ? ')' : '\\}'
    if (sign === ',') return depth > 0 ? '|' : ','
    return sign.length === 2 ? sign : `\\${sign}`
  })
  try {
    const expression = new RegExp(`^${source}$`, 's')
    return (path) => expression.test(path)
  } catch {
    return () => true
  }
}
