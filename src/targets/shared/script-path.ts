import { invariant } from '../../diagnostics/index.ts'
import type { Component, Container } from '../../model/addon.ts'

/** Where a container has a script of the component. */
export function scriptPath(component: Component, container: Container, script: string): string {
  const mount = container.mounts.find(({ volume }) => volume === component.scripts?.volume)
  invariant(mount !== undefined, `the container "${container.name}" calls ${script}, which resolving found in none of its mounts`)
  return `${mount.path.replace(/\/+$/, '')}/${script}`
}
