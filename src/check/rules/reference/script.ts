import { suggest } from '../../../diagnostics/index.ts'
import { at, containersOf, keysAt, listAt, textAt } from '../../access.ts'
import type { Graph, Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/script',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  check({ kind, value, placeOf }, graph, report) {
    for (const { containers, scripts: specs, actions } of kind === 'ClusterDefinition' ? oldComponents(value) : [newComponent(value)]) {
      for (const container of containers) {
        const name = textAt(container, 'name')
        const called = actions.filter((action) => (textAt(action, 'container') ?? textAt(containers[0], 'name')) === name).flatMap(execTexts)
        const commands = [...commandTexts(container), ...called].join('\n')
        for (const { folder, scripts, configMap } of scriptFolders(specs, container, graph)) {
          for (const [path, script = ''] of commands.matchAll(new RegExp(`(?<![\\w/.-])${escapeRegExp(folder)}/([\\w.-]+\\.(?:sh|py))`, 'g'))) {
            if (!scripts.includes(script))
              report(`${path} is called, and the ConfigMap "${configMap}" has no "${script}".`, placeOf(script), suggest(script, scripts))
          }
        }
      }
    }
  },
}
export default rule

/** What a component runs. */
interface Runs {
  readonly containers: readonly unknown[]
  /** The ConfigMaps with its scripts, and their volumes. */
  readonly scripts: readonly unknown[]
  readonly actions: readonly unknown[]
}

function oldComponents(clusterDefinition: unknown): readonly Runs[] {
  return listAt(clusterDefinition, 'spec', 'componentDefs').map((component) => ({
    containers: containersOf(component),
    scripts: listAt(component, 'scriptSpecs'),
    actions: [],
  }))
}

function newComponent(definition: unknown): Runs {
  const actions = at(definition, 'spec', 'lifecycleActions')
  return {
    containers: [...listAt(definition, 'spec', 'runtime', 'containers'), ...listAt(definition, 'spec', 'runtime', 'initContainers')],
    scripts: listAt(definition, 'spec', 'scripts'),
    actions: Object.values(typeof actions === 'object' && actions !== null ? actions : {}).flatMap((action: unknown) => {
      const exec = at(action, 'exec')
      return exec === undefined || at(exec, 'image') !== undefined ? [] : [exec]
    }),
  }
}

/** Where a container has the scripts of its component, and which there are. */
function scriptFolders(specs: readonly unknown[], container: unknown, graph: Graph) {
  return specs.flatMap((spec) => {
    const configMap = textAt(spec, 'templateRef') ?? textAt(spec, 'template') ?? ''
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
  return [...execTexts(container), ...[...execs, ...hooks].filter((text) => typeof text === 'string')]
}

function execTexts(exec: unknown): readonly string[] {
  return [...listAt(exec, 'command'), ...listAt(exec, 'args')].filter((text) => typeof text === 'string')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
