import type { Report } from './diagnostics/index.ts'

/** What is not pure in a run: where findings go, how paths are shown, and what the environment holds. */
export interface Context {
  readonly report: Report
  /** Absolute path of the folder the command runs in. */
  readonly cwd: string
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** A path as the user would write it: relative to `cwd` where that is shorter, with forward slashes. */
  readonly display: (path: string) => string
  /** File that `import 'addonsmith'` in a TypeScript descriptor resolves to. */
  readonly library: string
}
