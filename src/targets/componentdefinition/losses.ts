import type { Code, Path } from '../../diagnostics/index.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'

/** Reports what this family cannot express, at the place that says it. */
export function reportLosses({ addon, locate, report }: ComponentDefinitionLowering): void {
  const lost = (code: Code, path: Path, message: string) => report({ code, message, place: locate(path, 'key') })
  for (const component of addon.components) {
    for (const { name, isInitial, origin } of component.accounts) {
      if (!isInitial) lost('target/account-lost', origin, `only initial accounts are created; "${name}" is not.`)
    }
    for (const { name, value, origin } of allContainers(component).flatMap(({ env }) => env)) {
      if (value.kind === 'fact' && value.live)
        lost('target/fact-not-live', [...origin, 'live'], `${name} keeps the value that ${value.fact} had when the container started.`)
    }
  }
  for (const { version, upgradeFrom, origin } of addon.versions) {
    if (upgradeFrom.length === 0) continue
    const what = `a cluster can go from any version to any other; that ${version} follows ${upgradeFrom.join(', ')} is not enforced.`
    lost('target/upgrade-path-lost', [...origin, 'upgradeFrom'], what)
  }
}
