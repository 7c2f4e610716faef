import type { Locate, Path, Report } from '../diagnostics/index.ts'
import type { Node } from '../gotemplate/index.ts'
import type { Chart } from '../model/chart.ts'

/** Reports objects of one kind and name: generated names can meet although what they are made from is different, and one would overwrite the other. */
export function reportCollisions(chart: Chart, locate: Locate, report: Report): void {
  const seen = new Set<string>()
  for (const document of chart.templates.flatMap(({ documents }) => documents)) {
    const kind = textOf(valueAt(document, 'kind'))
    const name = textOf(valueAt(valueAt(document, 'metadata'), 'name'))
    if (seen.has(`${kind} ${name}`))
      report({
        code: 'addon/duplicate',
        message: `two parts of the descriptor give a ${kind} of the name "${name.replace(/\{\{.*?\}\}/g, '')}".`,
        place: locate(firstOrigin(document) ?? [], 'key'),
        hint: 'rename one of them',
      })
    seen.add(`${kind} ${name}`)
  }
}

function valueAt(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'map') return undefined
  for (const entry of node.entries) if (entry.kind === 'pair' && entry.key === key) return entry.value
  return undefined
}

/** A text as it stands in the template: equal templates give equal names. */
function textOf(node: Node | undefined): string {
  if (node?.kind === 'concat') return node.parts.map((part) => (typeof part === 'string' ? part : `{{ ${part.go} }}`)).join('')
  return node?.kind === 'scalar' ? String(node.value) : ''
}

/** The first place in the descriptor that something in a node comes from. */
function firstOrigin(node: Node): Path | undefined {
  if (node.origin !== undefined) return node.origin
  const inner = node.kind === 'map' ? node.entries : node.kind === 'seq' ? node.items : []
  for (const part of inner) {
    const origin = part.origin ?? (part.kind === 'pair' || part.kind === 'item' ? firstOrigin(part.value) : undefined)
    if (origin !== undefined) return origin
  }
  return undefined
}
