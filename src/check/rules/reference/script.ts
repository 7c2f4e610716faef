import { suggest } from '../../../diagnostics/index.ts'
import { at, containersOf, keysAt, listAt, textAt } from '../../access.ts'
import type { Graph, Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/script',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      for (const container of containersOf(component)) {
        const commands = commandTexts(container)
        for (const { folder, scripts, configMap } of scriptFolders(component, container, graph)) {
          for (const [path, name = ''] of commands
            .join('\n')
            .matchAll(new RegExp(`(?<![\\w/.-])${escapeRegExp(folder)}/([\\w.-]+\\.(?:sh|py))`, 'g'))) {
            if (!scripts.includes(name))
              report(`${path} is called, and the ConfigMap "${configMap}" has no "${name}".`, placeOf(name), suggest(name, scripts))
          }
        }
      }
    }
  },
}
export default rule

/** Where a container has the scripts of its component, and which there are. */
function scriptFolders(component: unknown, container: unknown, graph: Graph) {
  return listAt(component, 'scriptSpecs').flatMap((spec) => {
    const configMap = textAt(spec, 'templateRef') ?? ''
    const manifest = graph.find('ConfigMap', configMap)
    if (manifest === undefined) return []
    const mounts = listAt(container, 'volumeMounts').filter(
      (mount) => textAt(mount, 'name') === textAt(spec, 'volumeName') && at(mount, 'subPath') === undefined,
    )
    const scripts = keysAt(manifest.value, 'data')
    return mounts.flatMap((mount) => {
      const folder = textAt(mount, 'mountPath')?.replace(/\/+$/, '')
      return folder === undefined ? [] : [{ folder, scripts, configMap }]
    })
  })
}

/** All texts of a container that are run: command, arguments, probes, hooks. */
function commandTexts(container: unknown): readonly string[] {
  const execs = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => listAt(container, probe, 'exec', 'command'))
  const hooks = ['preStop', 'postStart'].flatMap((hook) => listAt(container, 'lifecycle', hook, 'exec', 'command'))
  return [...listAt(container, 'command'), ...listAt(container, 'args'), ...execs, ...hooks].filter((text) => typeof text === 'string')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
