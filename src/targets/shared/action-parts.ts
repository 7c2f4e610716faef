import type { Action } from '../../model/addon.ts'

/** How an action runs, as far as the author gives it: the field, and what happens where it does not count. */
export function givenParts({ pods, retries, isTimed }: Action): readonly { readonly part: 'pods' | 'retries' | 'timeout'; readonly what: string }[] {
  return [
    ...(pods === undefined ? [] : [{ part: 'pods' as const, what: 'where the operator chooses, not on the pods that are named' }]),
    ...(retries === undefined ? [] : [{ part: 'retries' as const, what: 'as often as the operator tries' }]),
    ...(isTimed ? [{ part: 'timeout' as const, what: 'for as long as the operator waits' }] : []),
  ]
}
