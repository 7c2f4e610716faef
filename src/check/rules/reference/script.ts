import { escapeRegExp, suggestAmong } from '../../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../../objects/index.ts'
import { ALL, type ObjectPath } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { scriptFolders } from '../../script-calls.ts'

const rule: ObjectRule = {
  code: 'reference/script',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go; corpus: apecloud-mysql of 1.0',
  check(object, objects) {
    const runs = textAt(object, 'kind') === 'ClusterDefinition' ? oldComponents(object) : [newComponent(object)]
    return runs.flatMap(({ containers, scripts: specs, actions }) =>
      containers.flatMap((container) => {
        const name = textAt(container, 'name')
        const called = actions.filter((action) => (textAt(action, 'container') ?? textAt(containers[0], 'name')) === name).flatMap(execTexts)
        const commands = [...commandTexts(container), ...called].join('\n')
        return scriptFolders(specs, container, objects).flatMap(({ folder, scripts, configMap }) =>
          [...commands.matchAll(new RegExp(`(?<![\\w/.-])${escapeRegExp(folder)}/([\\w.-]+\\.(?:sh|py))`, 'g'))]
            .filter(([, script = '']) => !scripts.includes(script))
            .map(([path, script = '']) => ({
              path: pathOfText(object, path) ?? ['spec'],
              message: `${path} is called, and the ConfigMap "${configMap}" has no "${script}".`,
              hint: suggestAmong(script, scripts),
            })),
        )
      }),
    )
  },
}
export default rule

/** The way to the first text in a value that holds another. */
function pathOfText(value: unknown, text: string, path: ObjectPath = []): ObjectPath | undefined {
  if (typeof value === 'string') return value.includes(text) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const found = pathOfText(item, text, [...path, Array.isArray(value) ? Number(key) : key])
    if (found !== undefined) return found
  }
  return undefined
}

/** What a component runs. */
interface Runs {
  readonly containers: readonly unknown[]
  /** The ConfigMaps with its scripts, and their volumes. */
  readonly scripts: readonly unknown[]
  readonly actions: readonly unknown[]
}

function oldComponents(clusterDefinition: unknown): readonly Runs[] {
  return listAt(clusterDefinition, 'spec', 'componentDefs').map((component) => ({
    containers: [...listAt(component, 'podSpec', 'initContainers'), ...listAt(component, 'podSpec', 'containers')],
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

/** All texts of a container that are run: command, arguments, probes, hooks. */
function commandTexts(container: unknown): readonly string[] {
  const execs = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => listAt(container, probe, 'exec', 'command'))
  const hooks = ['preStop', 'postStart'].flatMap((hook) => listAt(container, 'lifecycle', hook, 'exec', 'command'))
  return [...execTexts(container), ...[...execs, ...hooks].filter((text) => typeof text === 'string')]
}

function execTexts(exec: unknown): readonly string[] {
  return [...listAt(exec, 'command'), ...listAt(exec, 'args')].filter((text) => typeof text === 'string')
}
