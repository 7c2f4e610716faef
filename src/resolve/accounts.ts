import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Account } from '../model/addon.ts'
import { entriesOf, type Scope } from './scope.ts'

type AccountDescriptor = NonNullable<ComponentDescriptor['accounts']>[string]

/** The accounts of a component. Each is there from the start, or something says how it is made (API.md 4.2, 4.3). */
export function resolveAccounts(scope: Scope, component: ComponentDescriptor, path: Path): readonly Account[] {
  return entriesOf(component.accounts, [...path, 'accounts']).map(({ name, value, origin }) => {
    checkStatement(scope, name, value, component, origin)
    const { password, statement } = value
    const policy = {
      length: password?.length ?? 16,
      digits: password?.digits ?? 4,
      symbols: password?.symbols ?? 0,
      letterCase: password?.letterCase ?? ('mixed' as const),
    }
    if (policy.digits + policy.symbols > policy.length)
      scope.problem(
        'schema/range',
        [...origin, 'password'],
        `A password of ${policy.length} characters cannot hold ${policy.digits} digits and ${policy.symbols} symbols.`,
        { hint: `write length: ${policy.digits + policy.symbols} or more, or fewer digits and symbols` },
      )
    return {
      name,
      isInitial: value.initial ?? false,
      password: policy,
      statement: statement === undefined ? undefined : { create: statement.create, update: statement.update, delete: statement.delete },
      origin,
    }
  })
}

function checkStatement(
  scope: Scope,
  name: string,
  { initial = false, statement }: AccountDescriptor,
  { lifecycle }: ComponentDescriptor,
  origin: Path,
): void {
  if (initial && statement !== undefined)
    scope.problem('addon/exactly-one', [...origin, 'statement'], `The account "${name}" is there from the start, so no statement makes it.`, {
      at: 'key',
      hint: 'remove initial, or statement',
    })
  if (initial) return
  if (statement === undefined)
    scope.problem('schema/missing-field', origin, `Nothing says how the account "${name}" is made.`, {
      at: 'key',
      hint: 'add initial: true when the engine starts with it, else statement: {create: ...}',
    })
  else if (lifecycle?.accountProvision === undefined)
    scope.problem('schema/missing-field', [...origin, 'statement'], 'Nothing runs the statements of accounts.', {
      at: 'key',
      hint: 'add lifecycle: {accountProvision: {script: ...}}',
    })
}
