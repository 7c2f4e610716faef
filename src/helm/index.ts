export { type FetchedHelm, HELM_3, HELM_4 } from './binaries.ts'
export { canFetch, fetchHelm } from './fetch.ts'
export { type FoundHelm, findHelm, howToGetHelm } from './find.ts'
export { type Helm, type HelmResult, openHelm } from './run.ts'
