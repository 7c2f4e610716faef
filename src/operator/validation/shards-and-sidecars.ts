import { at, listAt, textAt } from '../../objects/index.ts'
import { standingOf } from '../elsewhere.ts'
import { NEW } from '../eras.ts'
import { isPattern, nameMatches, nameOf, ofKind, sidecarMatches } from '../matching.ts'
import { misspelt } from './misspelt.ts'
import { itemsAt, uniqueness, type ValidationRule, whole } from './rule.ts'

const sharding: ValidationRule = {
  code: 'sharding/definition',
  kinds: ['ShardingDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/shardingdefinition_controller.go validate',
  check(object, objects, release, others) {
    const path = ['spec', 'template', 'compDef']
    const pattern = textAt(object, ...path) ?? ''
    if (!isPattern(pattern)) return [{ path, message: `"${pattern}" is no regular expression of Go.` }]
    const standing = standingOf(release, objects, others, 'ComponentDefinition', pattern)
    if (standing.kind === 'misspelt') return [misspelt(path, 'ComponentDefinition', pattern, standing.meant)]
    const definitions = ofKind([...objects, ...others], 'ComponentDefinition').filter((definition) =>
      nameMatches(release, nameOf(definition), pattern),
    )
    const strategies = ['provisionStrategy', 'updateStrategy'].flatMap((field) => {
      const strategy = textAt(object, 'spec', field)
      return strategy === undefined || ['Serial', 'Parallel'].includes(strategy)
        ? []
        : [{ path: ['spec', field], message: `"${strategy}" is neither Serial nor Parallel.` }]
    })
    const waits = definitions.filter((definition) => listAt(definition, 'spec', 'vars').some(needsAll))
    const serial =
      textAt(object, 'spec', 'provisionStrategy') === 'Serial'
        ? waits.map((definition) => ({
            path: ['spec', 'provisionStrategy'],
            message: `Vars of "${nameOf(definition)}" wait for all shards, which come one after another.`,
          }))
        : []
    const accounts = itemsAt(whole(object), 'spec', 'systemAccounts')
    const unknown = accounts.flatMap(({ item, path: place }) =>
      definitions
        .filter((definition) => !listAt(definition, 'spec', 'systemAccounts').some((account) => textAt(account, 'name') === textAt(item, 'name')))
        .map((definition) => ({
          path: [...place, 'name'],
          message: `The ComponentDefinition "${nameOf(definition)}" has no account "${textAt(item, 'name')}".`,
        })),
    )
    return [...strategies, ...serial, ...uniqueness(accounts, 'name', 'The account'), ...unknown]
  },
}

function needsAll(variable: unknown): boolean {
  return Object.values(Object(at(variable, 'valueFrom')) as Readonly<Record<string, unknown>>).some(
    (reference) => at(reference, 'multipleClusterObjectOption', 'requireAllComponentObjects') === true,
  )
}

const sidecar: ValidationRule = {
  code: 'sidecar/definition',
  kinds: ['SidecarDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/sidecardefinition_controller.go validateNResolve',
  check(object, objects, release, others) {
    const definitions = ofKind([...objects, ...others], 'ComponentDefinition')
    const owner = textAt(object, 'spec', 'owner') ?? ''
    const standing = standingOf(release, objects, others, 'ComponentDefinition', owner, 'sidecar')
    const owners = definitions.filter((definition) => sidecarMatches(nameOf(definition), owner))
    const selectors = listAt(object, 'spec', 'selectors').map(String)
    const selected = definitions.filter((definition) => selectors.some((selector) => sidecarMatches(nameOf(definition), selector)))
    const templates = [...itemsAt(whole(object), 'spec', 'configs'), ...itemsAt(whole(object), 'spec', 'scripts')]
    const clashes = selected.flatMap((definition) =>
      ['vars', 'configs', 'scripts'].flatMap((field) => {
        const taken = listAt(definition, 'spec', field).map((item) => textAt(item, 'name'))
        return itemsAt(whole(object), 'spec', field)
          .filter(({ item }) => taken.includes(textAt(item, 'name')))
          .map(({ item, path }) => ({
            path: [...path, 'name'],
            message: `The ComponentDefinition "${nameOf(definition)}" has "${textAt(item, 'name')}" among its ${field}.`,
          }))
      }),
    )
    return [
      ...(standing.kind === 'misspelt' ? [misspelt(['spec', 'owner'], 'ComponentDefinition', owner, standing.meant)] : []),
      ...uniqueness(itemsAt(whole(object), 'spec', 'containers'), 'name', 'The container'),
      ...uniqueness(templates, 'name', 'The config or script'),
      ...clashes,
      ...owners
        .filter((definition) => selected.includes(definition))
        .map((definition) => ({ path: ['spec', 'selectors'], message: `The owner and the selectors both match "${nameOf(definition)}".` })),
    ]
  },
}

export const extensionRules: readonly ValidationRule[] = [sharding, sidecar]
