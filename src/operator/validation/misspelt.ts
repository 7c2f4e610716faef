import type { Finding, ObjectPath } from './rule.ts'

/** That a reference misses a name of the chart by a letter or two. */
export function misspelt(path: ObjectPath, kind: string, pattern: string, meant: string): Finding {
  return { path, message: `No ${kind} of the chart matches "${pattern}".`, hint: `did you mean "${meant}"?` }
}
