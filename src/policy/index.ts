export { type Baseline, newFindings, readBaseline } from './baseline.ts'
export { judge } from './severities.ts'
export { readSuppressions, type Suppression, suppress } from './suppressions.ts'
