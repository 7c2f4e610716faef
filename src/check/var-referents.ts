import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import { itemsAt, nameMatches, nameOf, type ObjectPath, type OperatorRelease, whole } from '../operator/index.ts'
import { definitionsMatching } from './parts.ts'

/** A reference of a var, with the definitions it may look at. */
export interface VarReference {
  readonly variable: string
  /** serviceVarRef, credentialVarRef and so on. */
  readonly kind: string
  readonly reference: unknown
  readonly path: ObjectPath
  readonly pattern: string
  /** Of the chart and of those beside it. */
  readonly definitions: readonly unknown[]
}

/** Not resolved in a component. */
const APART = ['configMapKeyRef', 'secretKeyRef', 'clusterVarRef']

/** The references of vars that a component needs; those marked optional are left out when nothing is there. */
export function neededReferences(release: OperatorRelease, object: unknown, all: readonly unknown[]): readonly VarReference[] {
  return itemsAt(whole(object), 'spec', 'vars').flatMap(({ item, path }) =>
    keysAt(item, 'valueFrom').flatMap((kind) => {
      const reference = at(item, 'valueFrom', kind)
      if (APART.includes(kind) || at(reference, 'optional') === true) return []
      const pattern = textAt(reference, 'compDef') ?? ''
      const isMany = at(reference, 'multipleClusterObjectOption') !== undefined
      // A definition that matches itself looks at itself alone: vars.go resolveReferentComponents.
      const isOwn = pattern === '' || (!isMany && nameMatches(release, nameOf(object), pattern))
      const definitions = isOwn ? [object] : definitionsMatching(release, all, pattern)
      return [{ variable: textAt(item, 'name') ?? '', kind, reference, path: [...path, 'valueFrom', kind], pattern, definitions }]
    }),
  )
}

/** Whether all definitions can be looked into; of those that are declared to be there nothing more is known. */
export function areKnown(definitions: readonly unknown[]): boolean {
  return definitions.length > 0 && definitions.every((definition) => at(definition, 'spec') !== undefined)
}

/** All containers of a definition, and their ports by name. */
export function portNames(definition: unknown, container?: string): readonly string[] {
  return listAt(definition, 'spec', 'runtime', 'containers')
    .filter((candidate) => container === undefined || textAt(candidate, 'name') === container)
    .flatMap((candidate) => listAt(candidate, 'ports').flatMap((port) => textAt(port, 'name') ?? []))
}
