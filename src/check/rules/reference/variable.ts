import { at, listAt, textAt } from '../../../objects/index.ts'
import { componentsOf, formerVariable, type Item, itemsAt, NEW } from '../../../operator/index.ts'
import { below, containersOf, namesAt, textsIn } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/variable',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'kubernetes: $(NAME) of a variable that is not there stays as it is; release-1.0:pkg/controller/component/vars.go',
  check(object, _objects, release) {
    const vars = varNames(object)
    // Of variables that earlier releases set another rule speaks.
    const isVar = (name: string) => formerVariable(release, name) || vars.exact.has(name) || vars.prefixes.some((prefix) => name.startsWith(prefix))
    return componentsOf(object).flatMap((part) =>
      containersOf(part).flatMap((container) => {
        // What comes out of a Secret or ConfigMap is not known here.
        if (listAt(container.item, 'envFrom').length > 0) return []
        const env = namesAt(container.item, 'env')
        const texts = [...textsIn(below(container, 'command')), ...textsIn(below(container, 'args'))]
        return [
          ...texts.flatMap(({ text, path }) =>
            namesIn(text)
              .filter((name) => !env.includes(name) && !isVar(name))
              .map((name) => ({ path, message: `Nothing defines the variable of "$(${name})", which stays as it is.` })),
          ),
          ...inEnv(container, env, isVar),
        ]
      }),
    )
  },
}
export default rule

/** A variable can refer to those before it only. */
function inEnv(container: Item, env: readonly string[], isVar: (name: string) => boolean) {
  return itemsAt(container, 'env').flatMap(({ item, path }, index) =>
    namesIn(textAt(item, 'value') ?? '')
      .filter((name) => !env.slice(0, index).includes(name) && !isVar(name))
      .map((name) => ({
        path: [...path, 'value'],
        message: env.includes(name)
          ? `"${name}" comes after "${textAt(item, 'name')}", so "$(${name})" stays as it is.`
          : `Nothing defines the variable of "$(${name})", which stays as it is.`,
      })),
  )
}

/** Fields of awk are written alike. */
const AWK: ReadonlySet<string> = new Set(['NF', 'NR', 'FNR'])

/** Variables are in capitals; `$$(NAME)` is meant to stay. */
function namesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/(?<!\$)\$\(([A-Z][A-Z0-9_]*)\)/g)].map(([, name = '']) => name))].filter((name) => !AWK.has(name))
}

/** Names of vars; those of several components have a suffix for each. */
function varNames(object: unknown) {
  const vars = listAt(object, 'spec', 'vars')
  const prefixes = vars
    .filter((item) => Object.values(Object(at(item, 'valueFrom'))).some((reference) => at(reference, 'multipleClusterObjectOption') !== undefined))
    .map((item) => `${textAt(item, 'name')}_`)
  return { exact: new Set(namesAt(object, 'spec', 'vars')), prefixes }
}
