import { lexActions } from './lex.ts'

/** Why text/template would not parse a source: where, and what to write instead. */
interface TemplateError {
  readonly offset: number
  readonly message: string
  readonly hint: string
}

interface Block {
  readonly keyword: string
  readonly offset: number
  hasElse: boolean
}

/** What text/template refuses in the actions of a source and in how they nest. Go: text/template/parse lex.go lexInsideAction, parse.go parseControl. */
export function templateErrors(source: string): readonly TemplateError[] {
  const errors: TemplateError[] = []
  const open: Block[] = []
  for (const { code, offset } of lexActions(source)) {
    const wrong = code === undefined ? 'The template action does not end.' : code.startsWith('/*') ? undefined : wrongInside(code)
    if (wrong !== undefined) errors.push({ offset, ...wrongAction(wrong) })
    // What stands behind the broken action may be inside of it.
    if (code === undefined || wrong === 'The template action does not end.') return errors
    const error = nest(open, code, offset)
    if (error !== undefined) errors.push({ offset, ...error })
  }
  const unclosed = open.map(({ keyword, offset }) => ({
    offset,
    message: `The template has {{ ${keyword} }} without {{ end }}.`,
    hint: 'write {{ end }} where it is over',
  }))
  return [...errors, ...unclosed]
}

function wrongAction(message: string): Omit<TemplateError, 'offset'> {
  if (message.includes('does not end')) return { message, hint: 'close it with }}' }
  return { message, hint: 'write a value, such as {{ .NAME }}; what is no template goes in as {{ "text" }}' }
}

/** What is wrong with one action by itself. */
function wrongInside(code: string): string | undefined {
  const bare = code.replace(/`[^`]*`|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""')
  if (/[{}]/.test(bare)) return 'The template action does not end.'
  const sign = /[^\w\s.$()|:=,+\-"\u0080-\uffff]/.exec(bare)?.[0]
  if (sign !== undefined) return `The template action has a ${sign}, which is no part of Go templates.`
  if (bare.replaceAll('(', '').length !== bare.replaceAll(')', '').length) return 'The parentheses of the template action do not match.'
  if (bare === '') return 'The template action is empty.'
  if (/^(?:if|with|range|else if|template|define|block)$/.test(bare)) return `The template action says ${bare} and nothing more.`
  return /^\||\|\s*(?:\||\)|$)/.test(bare) ? 'The template action has a | with nothing on one side.' : undefined
}

/** Opens and closes blocks as an action says; what is wrong with it there. */
function nest(open: Block[], code: string, offset: number): Omit<TemplateError, 'offset'> | undefined {
  const keyword = /^(if|range|with|block|define|end|else|break|continue)\b/.exec(code)?.[1]
  const last = open.at(-1)
  switch (keyword) {
    case 'if':
    case 'range':
    case 'with':
    case 'block':
      open.push({ keyword, offset, hasElse: false })
      return undefined
    case 'define':
      open.push({ keyword, offset, hasElse: false })
      return last === undefined ? undefined : { message: 'The template has {{ define }} inside of a block.', hint: 'move it in front of the block' }
    case 'end':
      open.pop()
      return last === undefined
        ? { message: 'The template has {{ end }}, and nothing to end.', hint: 'remove it, or add {{ if }}, {{ range }} or {{ with }} before it' }
        : undefined
    case 'else':
      return orElse(last, code)
    case 'break':
    case 'continue':
      return open.some(({ keyword }) => keyword === 'range')
        ? undefined
        : { message: `The template has {{ ${keyword} }} outside of a range.`, hint: 'remove it' }
    default:
      return undefined
  }
}

function orElse(last: Block | undefined, code: string): Omit<TemplateError, 'offset'> | undefined {
  if (last === undefined || last.keyword === 'define' || last.keyword === 'block')
    return { message: 'The template has {{ else }} outside of if, range and with.', hint: 'remove it, or add {{ if }} before it' }
  if (last.hasElse) return { message: 'The template has a second {{ else }}.', hint: 'keep one, as the last before {{ end }}' }
  last.hasElse = code === 'else'
  return undefined
}
