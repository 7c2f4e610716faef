import { textAt } from '../../objects/index.ts'
import { ALL, FROM_08 } from '../eras.ts'
import { GO_FUNCTIONS } from '../template-functions.ts'
import { templateUse } from '../templates.ts'
import { type Finding, isGiven, itemsAt, type ValidationRule, whole } from './rule.ts'

/** Conditions are plain Go templates: none of the functions that other templates have. */
const expression: ValidationRule = {
  code: 'operation/expression',
  kinds: ['OpsDefinition'],
  releases: FROM_08,
  source: 'release-0.8:controllers/apps/opsdefinition_controller.go Reconcile; release-1.0:controllers/operations/opsdefinition_controller.go',
  check: (object) =>
    itemsAt(whole(object), 'spec', 'preConditions').flatMap(({ item, path }): readonly Finding[] => {
      const text = textAt(item, 'rule', 'expression') ?? ''
      const place = [...path, 'rule', 'expression']
      const { isBroken, functions } = templateUse(text)
      if (isBroken) return [{ path: place, message: 'The expression is no Go template.' }]
      return functions
        .filter((name) => !GO_FUNCTIONS.has(name))
        .map((name) => ({ path: place, message: `Expressions of an OpsDefinition have no function "${name}".` }))
    }),
}

const descriptor: ValidationRule = {
  code: 'service/descriptor',
  kinds: ['ServiceDescriptor'],
  releases: ALL.filter((version) => !['0.5', '0.6'].includes(version)),
  source: 'release-0.7 to release-1.0:controllers/apps/servicedescriptor_controller.go checkServiceDescriptor',
  check: (object) =>
    ['serviceKind', 'serviceVersion']
      .filter((field) => (textAt(object, 'spec', field) ?? '') === '')
      .map((field) => ({ path: ['spec', field], message: `The service has no ${field}.` })),
}

const reference: ValidationRule = {
  code: 'definition/service-ref',
  kinds: ['ComponentDefinition'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:pkg/controller/component/vars.go resolveServiceRefVarRefLow',
  check(object) {
    const known = itemsAt(whole(object), 'spec', 'serviceRefDeclarations').map(({ item }) => textAt(item, 'name'))
    return itemsAt(whole(object), 'spec', 'vars').flatMap(({ item, path }): readonly Finding[] => {
      const selector = ['valueFrom', 'serviceRefVarRef']
      const wanted = textAt(item, ...selector, 'name')
      // References of other components are never found.
      return !isGiven(item, ...selector) || wanted === undefined || known.includes(wanted)
        ? []
        : [{ path: [...path, ...selector, 'name'], message: `There is no serviceRefDeclaration "${wanted}", so the var gets nothing.` }]
    })
  },
}

export const operationRules: readonly ValidationRule[] = [descriptor, expression, reference]
