import { keysAt, listAt, textAt } from '../../../objects/index.ts'
import { configMapName, formerVariable, NEW, nameOf, type OperatorRelease, ofKind, templatesOf, whole } from '../../../operator/index.ts'
import { below, namesAt, type PlacedText, textsIn } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/former-variable',
  kinds: ['ComponentDefinition', 'ConfigMap'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/vars.go; release-0.9:pkg/controller/component/vars.go buildDefaultEnvVars',
  check(object, objects, release) {
    if (textAt(object, 'kind') === 'ComponentDefinition') {
      const known = definedBy(object)
      const parts = [below(whole(object), 'spec', 'runtime'), below(whole(object), 'spec', 'lifecycleActions')]
      return parts.flatMap(textsIn).flatMap((text) => used(release, text, known))
    }
    // A script of several definitions is at fault only when none of them gives what it uses.
    const users = ofKind(objects, 'ComponentDefinition').filter((definition) => isScriptOf(definition, nameOf(object)))
    const known = new Set(users.flatMap((definition) => [...definedBy(definition)]))
    if (users.length === 0) return []
    const own = keysAt(object, 'data').flatMap((key) => [...assigned(textAt(object, 'data', key) ?? '')])
    return textsIn(below(whole(object), 'data')).flatMap((text) => used(release, text, new Set([...known, ...own])))
  },
}
export default rule

function isScriptOf(definition: unknown, configMap: string): boolean {
  return templatesOf(definition).some(({ item, path }) => path.includes('scripts') && configMapName(item) === configMap)
}

/** Variables that a definition gives to any container or action. */
function definedBy(definition: unknown): ReadonlySet<string> {
  const runtime = ['initContainers', 'containers'].flatMap((part) => listAt(definition, 'spec', 'runtime', part))
  const actions = keysAt(definition, 'spec', 'lifecycleActions').flatMap((action) =>
    namesAt(definition, 'spec', 'lifecycleActions', action, 'exec', 'env'),
  )
  return new Set([...namesAt(definition, 'spec', 'vars'), ...runtime.flatMap((container) => namesAt(container, 'env')), ...actions])
}

/** Former variables that a text uses without a default, each once. */
function used(release: OperatorRelease, { text, path }: PlacedText, known: ReadonlySet<string>) {
  const own = assigned(text)
  const code = text.replace(/^\s*#.*$/gm, '')
  const names = [...code.matchAll(/\$(?:\{([A-Z]\w*)\}|([A-Z]\w*)|\(([A-Z]\w*)\))/g)].map(
    ([, braced, bare, expanded]) => braced ?? bare ?? expanded ?? '',
  )
  return [...new Set(names)]
    .filter((name) => formerVariable(release, name) && !known.has(name) && !own.has(name))
    .map((name) => ({
      path,
      message: `KubeBlocks ${release.version} does not set ${name} any more, and the chart does not either.`,
    }))
}

/** Names that a script sets itself. */
function assigned(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(?<![\w$])([A-Z]\w*)(?:=|:=)/g)].map(([, name = '']) => name))
}
