import type { Component, Container } from '../../model/addon.ts'

/** All containers of a component, in the order they start. */
export function allContainers({ init, containers }: Component): readonly Container[] {
  return [...init, ...containers]
}
