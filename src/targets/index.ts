export { type Explanation, explain } from './explain/index.ts'
export { lower } from './lower.ts'
export type { Release } from './release.ts'
export { releases } from './releases.ts'
