export { type Baseline, newFindings, readBaseline } from './baseline.ts'
export { identityOf } from './identity.ts'
export { judge } from './severities.ts'
export { readSuppressions, type Suppression, suppress, unusedFinding } from './suppressions.ts'
