import { invariant } from '../diagnostics/index.ts'
import { lexActions } from './lex.ts'
import type { Printed } from './output.ts'

/**
 * Proves that a printed file holds the actions its printer wrote and no other, by reading it again with the lexer.
 * Anything else is a bug and stops the build.
 */
export function assertOnlyActions(path: string, { text, actions }: Printed): void {
  const read = lexActions(text)
  invariant(read.length === actions.length, `${path} holds ${read.length} template actions, ${actions.length} were written`)
  read.forEach((action, index) => {
    invariant(action.code === actions[index], `${path} holds the template action ${action.code} where ${actions[index]} was written`)
  })
}
