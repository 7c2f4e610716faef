import { isObject } from './json.ts'
import { hasType, type ValueProblem, valueProblems } from './scalar.ts'
import { isTypeName } from './schema.ts'

/** What a schema without a model of its own says about a value: the parts of allOf, anyOf, oneOf and not. */
export function fragmentProblems(part: unknown, value: unknown, what: string): readonly ValueProblem[] {
  if (!isObject(part)) return []
  const schema = part
  const { type } = schema
  const broken = (message: string): readonly ValueProblem[] => [{ kind: 'combination', message }]
  if (isTypeName(type) && !hasType(type, value)) return broken(`${what} does not have the type ${type}.`)
  const problems = [
    ...valueProblems(
      (keyword) => schema[keyword],
      typeof schema.format === 'string' ? schema.format : undefined,
      value,
      what,
      () => {},
    ),
  ]
  if (isObject(value)) {
    const map = value
    if (Array.isArray(schema.required))
      for (const name of schema.required.map(String)) if (!Object.hasOwn(map, name)) problems.push(...broken(`${what} has no "${name}".`))
    for (const [name, field] of Object.entries(schema.properties ?? {}))
      if (Object.hasOwn(map, name)) problems.push(...fragmentProblems(field, map[name], `${what}.${name}`))
  }
  if (Array.isArray(value) && schema.items !== undefined)
    for (const [index, item] of value.entries()) problems.push(...fragmentProblems(schema.items, item, `${what}[${index}]`))
  const holds = (inner: unknown) => fragmentProblems(inner, value, what).length === 0
  const list = (keyword: string): readonly unknown[] | undefined => {
    const parts = schema[keyword]
    return Array.isArray(parts) ? parts : undefined
  }
  if (list('allOf')?.every(holds) === false) problems.push(...broken(`${what} is not valid.`))
  if (list('anyOf')?.some(holds) === false) problems.push(...broken(`${what} is not valid.`))
  if (list('oneOf') !== undefined && list('oneOf')?.filter(holds).length !== 1) problems.push(...broken(`${what} is not valid.`))
  if (schema.not !== undefined && holds(schema.not)) problems.push(...broken(`${what} is not valid.`))
  return problems
}
