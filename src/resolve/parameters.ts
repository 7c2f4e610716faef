import type { Path } from '../diagnostics/index.ts'
import { parseYaml } from '../load/index.ts'
import type { Parameter } from '../model/addon.ts'
import { validateParameterFile } from '../validate/index.ts'
import { readTextFile } from './files.ts'
import { contradiction } from './knobs.ts'
import type { Scope } from './scope.ts'

/** Reads a file of parameters. Its findings point into that file. */
export function readParameters(scope: Scope, path: string, origin: Path): readonly Parameter[] | undefined {
  const file = readTextFile(scope, path, path, origin)
  if (file === undefined) return undefined
  const document = parseYaml(scope.folder.display(path), file.text)
  for (const finding of document.findings) scope.report(finding)
  if (document.value === undefined) return undefined
  const parameters = validateParameterFile(document, scope.report)
  if (parameters === undefined) return undefined
  for (const [name, inner] of enclosing(Object.keys(parameters))) {
    scope.report({
      code: 'addon/parameter',
      message: `The parameter "${name}" cannot have a value, because "${inner}" is inside of it.`,
      place: document.locate([name], 'key'),
      hint: 'remove one of the two',
    })
  }
  return Object.entries(parameters).map(([name, parameter]) => {
    const wrong = parameter.default === undefined ? undefined : contradiction(parameter, parameter.default)
    if (wrong !== undefined)
      scope.report({
        code: 'addon/parameter',
        message: `The default of the parameter "${name}" ${wrong}.`,
        place: document.locate([name, 'default']),
      })
    const { type, minimum, maximum, enum: allowed, unit, change, description } = parameter
    return { name, type, minimum, maximum, enum: allowed, unit, default: parameter.default, change, description }
  })
}

/** The dotted names that others are inside of, each with the first of those. */
function enclosing(names: readonly string[]): ReadonlyMap<string, string> {
  const all = new Set(names)
  const found = new Map<string, string>()
  for (const name of names) {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const outer = name.slice(0, dot)
      if (all.has(outer) && !found.has(outer)) found.set(outer, name)
    }
  }
  return found
}
