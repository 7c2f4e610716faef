import { escapeRegExp, suggestAmong } from '../../../diagnostics/index.ts'
import { at, keysAt, listAt, textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, type ObjectPath } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { scriptFolders } from '../../script-calls.ts'

const rule: ObjectRule = {
  code: 'reference/script',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go',
  check: (object, objects) =>
    componentsOf(object).flatMap(({ owner, containers, initContainers, templates }) => {
      const [first] = containers
      const actions = actionsOf(owner.item)
      const specs = templates.filter(({ path }) => path.includes('scripts') || path.includes('scriptSpecs')).map(({ item }) => item)
      return [...containers, ...initContainers].flatMap(({ item: container }) => {
        const name = textAt(container, 'name')
        const called = actions.filter((action) => (textAt(action, 'container') ?? textAt(first?.item, 'name')) === name).flatMap(execTexts)
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
      })
    }),
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

/** What a component has its containers do; a program with an image of its own has none of their files. */
function actionsOf(component: unknown): readonly unknown[] {
  return keysAt(component, 'lifecycleActions').flatMap((action) => {
    const exec = at(component, 'lifecycleActions', action, 'exec')
    return exec === undefined || at(exec, 'image') !== undefined ? [] : [exec]
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
