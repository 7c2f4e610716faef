import type { Account, Component, ResolvedAddon } from '../../model/addon.ts'

/** The account of the connection credential: the first initial one. The generation creates no other. */
export function credentialAccount({ components }: ResolvedAddon): { readonly component: Component; readonly account: Account } | undefined {
  return components.flatMap((component) => component.accounts.map((account) => ({ component, account }))).find(({ account }) => account.isInitial)
}
