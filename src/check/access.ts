import { listAt, textAt } from '../objects/index.ts'

export { at, keysAt, listAt, textAt } from '../objects/index.ts'

/** Containers and init containers of a component definition of a ClusterDefinition. */
export function containersOf(componentDef: unknown): readonly unknown[] {
  return [...listAt(componentDef, 'podSpec', 'initContainers'), ...listAt(componentDef, 'podSpec', 'containers')]
}

/** The component definition of a name. */
export function componentDefOf(clusterDefinition: unknown, name: string): unknown {
  return listAt(clusterDefinition, 'spec', 'componentDefs').find((component) => textAt(component, 'name') === name)
}
