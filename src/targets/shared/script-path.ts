import type { Component, Container } from '../../model/addon.ts'

/** Where a container has a script of the component. */
export function scriptPath(component: Component, container: Container, script: string): string {
  const mount = container.mounts.find(({ volume }) => volume === component.scripts?.volume)
  return `${(mount?.path ?? '').replace(/\/+$/, '')}/${script}`
}
