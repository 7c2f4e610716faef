export { HELM_3, HELM_4 } from './binaries.ts'
export { canFetch, fetchHelm } from './fetch.ts'
export { findHelm, howToGetHelm } from './find.ts'
export { type Helm, MAX_OUTPUT, MAX_SECONDS, openHelm } from './run.ts'
