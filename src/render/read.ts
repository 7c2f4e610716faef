import type { Report } from '../diagnostics/index.ts'
import { createLineCounter, readDocuments } from './documents.ts'
import type { Manifest } from './manifest.ts'
import { manifestsOf } from './manifests.ts'

/** The objects in a file of rendered YAML, with their places in that file. Reports what is no object of Kubernetes, and keys that are there twice. */
export function readManifests(text: string, file: string, report: Report): readonly Manifest[] {
  const lineAt = createLineCounter(text)
  return readDocuments(text, '').flatMap((document) => {
    const origin = {
      document: document.template === '' ? { ...document, template: file } : document,
      shown: file,
      placeOf: (object: unknown, target: unknown, offset: () => number) => {
        const found = object === undefined || typeof target !== 'string' || target === '' ? -1 : document.text.indexOf(target)
        return { file, ...lineAt(document.offset + (found < 0 ? offset() : found)) }
      },
      related: () => [],
    }
    return manifestsOf(origin, report)
  })
}
