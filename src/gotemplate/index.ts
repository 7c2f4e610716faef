export { templateErrors } from './blocks.ts'
export {
  allOf,
  anyOf,
  Code,
  fileContent,
  firstOf,
  goString,
  include,
  includeWith,
  isOneOf,
  join,
  literal,
  not,
  release,
  toJson,
  toText,
  type ValuePath,
  values,
  withoutReferences,
} from './code.ts'
export { goText, isTame, yamlSafeJson, yamlString } from './escape.ts'
export { endOfAction, lexActions } from './lex.ts'
export { concat, data, type Entry, expr, type Item, items, map, type Node, type Origin, pair, scalar, seq } from './node.ts'
export { type Command, commandsIn, type Operand, type ParsedAction, type Pipeline, parseAction } from './pipeline.ts'
export { print } from './print.ts'
export { assertOnlyActions } from './verify.ts'
