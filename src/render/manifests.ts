import { formatPath, type Path, type Place, type Report } from '../diagnostics/index.ts'
import { locateIn } from '../goyaml/index.ts'
import { textAt, at as valueAt } from '../objects/index.ts'
import type { RenderedDocument } from './documents.ts'
import type { Manifest, RelatedPlace } from './manifest.ts'
import type { Rendered, Target } from './places.ts'

/** A document, and how places in it are found. */
export interface Origin {
  readonly document: RenderedDocument
  /** What the document is called in messages. */
  readonly shown: string
  /** The place of a target of an object, or of the document; `offset` is where the document has it. */
  readonly placeOf: (object: Rendered | undefined, target: Target | undefined, offset: () => number, again?: boolean) => Place
  readonly related: (object: Rendered | undefined, target: Target, offset: () => number, again?: boolean) => readonly RelatedPlace[]
}

/** The objects of a document; a List is taken apart. Reports what is no object of Kubernetes, and keys that are there twice. */
export function manifestsOf(origin: Origin, report: Report): readonly Manifest[] {
  const { document, shown } = origin
  const { problem } = document
  if (problem !== undefined) {
    const at = () => problem.offset
    const line = lineAround(document.text, problem.offset)
    report({
      code: 'helm/output',
      message: `${shown} is not YAML that Kubernetes can read: ${problem.message}.`,
      place: origin.placeOf(undefined, line, at),
      ...withRelated(origin.related(undefined, line, at)),
    })
    return []
  }
  let locate: ((path: Path) => number) | undefined
  const offsetOf = (path: Path) => {
    locate ??= locateIn(document.text)
    return locate(path)
  }
  return objectsIn(origin, document.value, [], offsetOf, report)
}

function objectsIn(origin: Origin, value: unknown, at: Path, offsetOf: (path: Path) => number, report: Report): readonly Manifest[] {
  if (value === null) return []
  const { shown, document } = origin
  const wrong = (message: string, object?: Rendered) =>
    report({ code: 'helm/output', message, place: origin.placeOf(object, undefined, () => offsetOf(at)) })
  const { apiVersion, kind, metadata, items } = (typeof value === 'object' ? value : {}) as Readonly<Record<string, unknown>>
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const [field, given] = typeof apiVersion !== 'string' ? (['apiVersion', apiVersion] as const) : (['kind', kind] as const)
    wrong(
      given === undefined || given === null
        ? `${shown} has something without ${field}.`
        : `${shown} has something whose ${field} is no text; quote it.`,
    )
    return []
  }
  if (kind.endsWith('List') && Array.isArray(items))
    return items.flatMap((item: unknown, index) => objectsIn(origin, item, [...at, 'items', index], offsetOf, report))
  const name = textAt(metadata, 'name')
  if (name === undefined || name === '') {
    const given = valueAt(metadata, 'name')
    const isThere = given !== undefined && given !== null && given !== ''
    wrong(isThere ? `${shown} has a ${kind} whose name is no text; quote it.` : `${shown} has a ${kind} without a name.`, { kind, name: '' })
    return []
  }
  const object = { kind, name, value }
  const offsetIn = (target: Target | undefined) => () => offsetOf(typeof target === 'string' || target === undefined ? at : [...at, ...target])
  for (const { path, offset } of document.duplicates) {
    if (!at.every((step, index) => path[index] === step)) continue
    const inside = path.slice(at.length)
    const parent = inside.length === 1 ? '' : ` in ${formatPath(inside.slice(0, -1))}`
    report({
      code: 'manifest/duplicate-key',
      message: `${kind} "${name}": The key "${inside.at(-1)}" is twice${parent}: the first value is dropped.`,
      place: origin.placeOf(object, inside, () => offset, true),
      ...withRelated(origin.related(object, inside, () => offset, true)),
    })
  }
  return [
    {
      apiVersion,
      kind,
      name,
      namespace: textAt(metadata, 'namespace'),
      value,
      template: document.template,
      placeOf: (target) => origin.placeOf(object, target, offsetIn(target)),
      related: (target) => origin.related(object, target, offsetIn(target)),
    },
  ]
}

/** The line of a text around an offset, without the space around it. */
function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end).trim()
}

/** The part of a finding that names other places; nothing when there are none. */
export function withRelated(related: readonly RelatedPlace[]): { readonly related?: readonly RelatedPlace[] } {
  return related.length === 0 ? {} : { related }
}
