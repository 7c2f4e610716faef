import { textAt } from '../objects/index.ts'
import type { EnvVar } from './kubelet.ts'

/** The one form of an expression that is read here: a var by its name, and a text for when it is not there or empty. */
const DEFAULT = /^\{\{ index \. ("(?:\\.|[^"\\])*") \| default ("(?:\\.|[^"\\])*") \}\}$/

/**
 * Evaluates the expressions of vars, in their order: those that are no credentials, also those that have no value. An expression sees all values
 * that are there by then. It is a Go template; one of another form is reported. In 0.9 it sees a map of texts, which `get` does not take.
 * release-0.9 to release-1.1:pkg/controller/component/vars.go evaluateObjectVarsExpression.
 */
export function evaluateExpressions(defined: readonly unknown[], plain: EnvVar[], credentials: readonly EnvVar[], problems: string[]): void {
  const keyOf = (name: string) => name.replaceAll('-', '_')
  const isSecret = new Set(credentials.flatMap(({ name, valueFrom }) => (valueFrom === undefined ? [] : [name])))
  const values = new Map(
    [...plain, ...credentials].flatMap(({ name, value, valueFrom }) => (valueFrom === undefined ? [[keyOf(name), value ?? ''] as const] : [])),
  )
  for (const variable of defined) {
    const name = textAt(variable, 'name') ?? ''
    const expression = textAt(variable, 'expression') ?? ''
    if (expression === '' || isSecret.has(name)) continue
    const [, from, otherwise] = DEFAULT.exec(expression) ?? []
    if (from === undefined || otherwise === undefined) {
      problems.push(`${name}: its expression is a Go template, which is not evaluated`)
      continue
    }
    const value = values.get(JSON.parse(from)) || String(JSON.parse(otherwise))
    const index = plain.findIndex((candidate) => candidate.name === name)
    if (index >= 0) plain[index] = { name, value }
    else if (!values.has(keyOf(name))) plain.push({ name, value })
    values.set(keyOf(name), value)
  }
}
