import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Account, Component } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'

const LETTER_CASE = { mixed: 'MixedCases', lower: 'LowerCases', upper: 'UpperCases' } as const

/** `systemAccounts` of a ComponentDefinition. Those that are not initial are made by the action `accountProvision`, from a statement. */
export function systemAccounts({ release }: ComponentDefinitionLowering, component: Component): Entry[] {
  const accounts = component.accounts.map((account) =>
    map(
      pair('name', scalar(account.name, account.origin)),
      account.isInitial ? pair('initAccount', true) : [],
      statement(release.api, account),
      pair(release.passwordPolicy, policy(account)),
    ),
  )
  return accounts.length === 0 ? [] : pair('systemAccounts', seq(accounts))
}

/** 0.9 has the statement that creates an account, and no others. */
function statement(api: 'v1alpha1' | 'v1', { statement }: Account): Entry[] {
  if (statement === undefined) return []
  if (api === 'v1alpha1') return pair('statement', statement.create)
  return pair('statement', map(pair('create', statement.create), pair('update', statement.update), pair('delete', statement.delete)))
}

function policy({ password: { length, digits, symbols, letterCase } }: Account): Node {
  return map(pair('length', length), pair('numDigits', digits), pair('numSymbols', symbols), pair('letterCase', LETTER_CASE[letterCase]))
}
