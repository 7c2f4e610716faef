import type { ComponentDefinitionRelease } from '../release.ts'

/** What clusters go on using outlives the chart. */
export const KEEP: Readonly<Record<string, string>> = { 'helm.sh/resource-policy': 'keep' }

/** The version of the API, which 1.0 and 1.1 insist on: without it they ignore a definition, and say nothing (API.md 4.3). */
export function apiVersionAnnotation({ api, needsApiVersionAnnotation }: ComponentDefinitionRelease): Readonly<Record<string, string>> {
  return needsApiVersionAnnotation ? { 'kubeblocks.io/crd-api-version': `apps.kubeblocks.io/${api}` } : {}
}

/** Annotations of the objects of KubeBlocks that clusters go on using. */
export function keptAnnotations(release: ComponentDefinitionRelease): Readonly<Record<string, string>> {
  return { ...apiVersionAnnotation(release), ...KEEP }
}
