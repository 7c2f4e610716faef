import { didYouMean } from '../diagnostics/index.ts'
import { textAt } from '../objects/index.ts'
import type { ComponentPart } from './components.ts'
import { type Item, itemsAt } from './validation/rule.ts'

/** A mount of a volume that nothing declares. */
export interface UnknownMount extends Item {
  readonly name: string
  /** The volume that was most likely meant. */
  readonly meant: string | undefined
  /** Whether that is one of a template, which then nobody mounts. */
  readonly isTemplate: boolean
}

/** Mounts of a component whose volume is declared neither by the pod, nor by a claim, a template or TLS. */
export function unknownMounts({ owner, pod, claims, templates, containers, initContainers }: ComponentPart): readonly UnknownMount[] {
  const ofTemplates = templates.flatMap(({ item }) => textAt(item, 'volumeName') ?? [])
  const known = [...[...itemsAt(pod, 'volumes'), ...claims].flatMap(({ item }) => textAt(item, 'name') ?? []), ...ofTemplates]
  // The second is the name under which the operator mounts certificates before 1.0.
  const tls = [textAt(owner.item, 'tls', 'volumeName'), 'tls']
  const all = [...initContainers, ...containers].map((container) => itemsAt(container, 'volumeMounts'))
  const mounted = new Set(all.flat().map(({ item }) => textAt(item, 'name')))
  return all.flatMap((own) => {
    // A container that mounts both means both.
    const candidates = known.filter((candidate) => !own.some((mount) => textAt(mount.item, 'name') === candidate))
    return own.flatMap((mount) => {
      const name = textAt(mount.item, 'name') ?? ''
      if (known.includes(name) || tls.includes(name)) return []
      const near = didYouMean(name, candidates)
      // `data1` beside `data` is another volume; a different letter is a typing error.
      const meant = near === undefined || withoutDigits(name) === withoutDigits(near) ? undefined : near
      return [{ ...mount, name, meant, isTemplate: meant !== undefined && ofTemplates.includes(meant) && !mounted.has(meant) }]
    })
  })
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '')
}
