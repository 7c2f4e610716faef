export { type Baseline, newFindings, readBaseline } from './baseline.ts'
export { type Judgement, judge, type Preset, type Verdict } from './severities.ts'
export { MARKER, readSuppressions, type Suppression, suppress } from './suppressions.ts'
