import type { Code, Diagnostic, Severity } from '../diagnostics/index.ts'

/** A severity, or that a code is not reported. */
export type Verdict = Severity | 'off'

export type Preset = 'recommended' | 'strict'

/** What each preset makes of the severity that a code has by itself. */
const PRESETS: Readonly<Record<Preset, Readonly<Record<Severity, Verdict>>>> = {
  recommended: { error: 'error', warning: 'warning', info: 'info' },
  strict: { error: 'error', warning: 'error', info: 'warning' },
}

/** How codes are judged: a preset, and what a user says of codes (`image/mutable-tag`) or areas (`image/*`). */
export interface Judgement {
  readonly preset: Preset
  readonly severities: Readonly<Record<string, Verdict>>
}

/** What comes of a code: what is said of it, else of its area, else by the preset. */
export function verdictOn(code: Code, severity: Severity, { preset, severities }: Judgement): Verdict {
  const ownOf = (key: string) => (Object.hasOwn(severities, key) ? severities[key] : undefined)
  return ownOf(code) ?? ownOf(`${code.split('/')[0]}/*`) ?? PRESETS[preset][severity]
}

/** The findings with the severities they are judged to have, without those that are off. */
export function judge(diagnostics: readonly Diagnostic[], judgement: Judgement): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = verdictOn(diagnostic.code, diagnostic.severity, judgement)
    return severity === 'off' ? [] : [{ ...diagnostic, severity }]
  })
}
