import type { Path } from '../../diagnostics/index.ts'
import { type Entry, expr, map, type Node, pair, scalar, seq, toText, values, withoutReferences } from '../../gotemplate/index.ts'
import type { Component, EnvVar, FactValue, TextOrKnob } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import { POD_FIELDS } from '../shared/env-items.ts'
import { absenceOf, isGiven, referenceOf } from './var-references.ts'

/** Whether a container takes a fact from its own pod: by the downward API, or by what that is composed of. */
function isOfPod({ fact, of }: FactValue): boolean {
  return of === undefined && (POD_FIELDS[fact] !== undefined || fact === 'clusterName' || fact === 'podFQDN')
}

/** Whether a variable is one that the operator resolves and gives to every container (API.md 5.2). */
export function isOperatorVar({ value }: EnvVar): boolean {
  if (value.kind === 'account' || value.kind === 'reference') return true
  return value.kind === 'fact' && !isOfPod(value)
}

/** `vars` of a ComponentDefinition: what containers and templates take from the operator. All see all of them, so a name means one thing. */
export function lowerVars(lowering: ComponentDefinitionLowering, component: Component): Entry[] {
  const byName = new Map<string, EnvVar>()
  const wanted = [
    ...allContainers(component).flatMap(({ env }) => env.filter((variable) => isOperatorVar(variable) && !isOff(lowering, variable))),
    ...component.configs.flatMap(({ vars }) => vars),
  ].filter((variable) => isGiven(lowering.release, [], variable))
  for (const variable of wanted) {
    const first = byName.get(variable.name)
    if (first === undefined) byName.set(variable.name, variable)
    else if (!isSame(first, variable)) reportClash(lowering, variable.name, variable.origin)
  }
  return byName.size === 0 ? [] : pair('vars', seq([...byName.values()].map((variable) => lowerVar(lowering, component, variable))))
}

/** Where no cluster can have TLS, containers have nothing that speaks of it, as with TLS off. Templates need a value all the same. */
function isOff({ release }: ComponentDefinitionLowering, { value }: EnvVar): boolean {
  return release.api === 'v1alpha1' && value.kind === 'fact' && value.fact === 'tlsEnabled'
}

function isSame(a: EnvVar, b: EnvVar): boolean {
  return JSON.stringify(a.value) === JSON.stringify(b.value)
}

function reportClash({ locate, report }: ComponentDefinitionLowering, name: string, origin: Path): void {
  report({
    code: 'target/unsupported',
    message: `containers and templates of a component share such variables, and ${name} is something else elsewhere.`,
    place: locate(origin, 'key'),
    hint: 'use another name in one of them',
  })
}

function lowerVar(lowering: ComponentDefinitionLowering, component: Component, variable: EnvVar): Node {
  const { name, origin, value } = variable
  const named = pair('name', scalar(name, origin))
  switch (value.kind) {
    case 'text':
    case 'knob':
      return map(named, pair('value', literalNode(value)))
    case 'composed':
    case 'secret':
      // Templates cannot have these, and containers hold theirs by themselves.
      return map(named)
    case 'fact':
    case 'account':
    case 'reference':
      return map(named, referenceOf(lowering, component, variable, value), absenceOf(lowering, component, variable))
  }
}

/** A reference inside a text, as the operator looks for it: pkg/controller/component/vars.go varReferenceRegExp. */
const REFERENCE = /\$\([^)]+\)/g

/** A text that the operator leaves as it is: it puts variables in for `$(NAME)`, and makes `$(NAME)` of `$$(NAME)` and of nothing else. */
function literalNode(value: TextOrKnob): Node {
  if (value.kind === 'text') return scalar(value.text.replace(REFERENCE, '$$$&'))
  const knob = values(value.knob)
  return expr(value.isNumber ? toText(knob, true) : toText(withoutReferences(knob), false), 'raw')
}
