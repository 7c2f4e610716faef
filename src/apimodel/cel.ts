import { Environment } from '@marcbachmann/cel-js'
import { messageOf } from '../diagnostics/index.ts'
import type { RuleEngine } from './rules.ts'

/** Makes the rule engine. Rules are compiled once. */
export function createRuleEngine(): RuleEngine {
  const environment = new Environment().registerVariable('self', 'dyn')
  const compiled = new Map<string, ((context: { readonly self: unknown }) => unknown) | undefined>()
  const compile = (rule: string) => {
    try {
      const evaluate = environment.parse(rule)
      return evaluate.check().valid ? evaluate : undefined
    } catch {
      return undefined
    }
  }
  return {
    holds(rule, self) {
      if (!compiled.has(rule)) compiled.set(rule, compile(rule))
      const evaluate = compiled.get(rule)
      if (evaluate === undefined) return undefined
      try {
        return { holds: evaluate({ self }) === true }
      } catch (error) {
        // The library shows the place in the rule below its message.
        return { error: (messageOf(error).split('\n')[0] ?? '').replace(/\.$/, '') }
      }
    },
  }
}
