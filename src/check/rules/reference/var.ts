import { suggestAmong } from '../../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../../objects/index.ts'
import { type Finding, FROM_08, type OperatorRelease } from '../../../operator/index.ts'
import { namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'
import { areKnown, neededReferences, portNames, type VarReference } from '../../var-referents.ts'

const rule: ObjectRule = {
  code: 'reference/var',
  kinds: ['ComponentDefinition'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:pkg/controller/component/vars.go',
  check: (object, objects, release, others) =>
    neededReferences(release, object, [...objects, ...others])
      .filter(({ definitions }) => areKnown(definitions))
      .flatMap((reference) => problemOf(release, reference) ?? []),
}
export default rule

function problemOf(release: OperatorRelease, reference: VarReference): Finding | undefined {
  switch (reference.kind) {
    case 'serviceVarRef':
      return service(release, reference)
    case 'credentialVarRef':
      return lacking(reference, 'account', textAt(reference.reference, 'name'), ['name'], (definition) =>
        namesAt(definition, 'spec', 'systemAccounts'),
      )
    case 'tlsVarRef':
      return tls(release, reference)
    case 'hostNetworkVarRef':
      return (
        hostPort(reference) ??
        lacking(reference, 'container', textAt(reference.reference, 'container', 'name'), ['container', 'name'], (definition) =>
          namesAt(definition, 'spec', 'runtime', 'containers'),
        )
      )
    // Of service references and roles other rules speak.
    default:
      return undefined
  }
}

/** A finding when no definition that is looked at has what is named. */
function lacking(
  { variable, definitions, path }: VarReference,
  what: string,
  wanted: string | undefined,
  field: readonly string[],
  namesOf: (definition: unknown) => readonly string[],
): Finding | undefined {
  if (wanted === undefined || wanted === '') return undefined
  const known = [...new Set(definitions.flatMap(namesOf))]
  if (known.includes(wanted)) return undefined
  return {
    path: [...path, ...field],
    message: `The var "${variable}" wants the ${what} "${wanted}", which its definition does not have, and clusters fail.`,
    hint: suggestAmong(wanted, known),
  }
}

function service(release: OperatorRelease, reference: VarReference): Finding | undefined {
  const wanted = textAt(reference.reference, 'name') ?? ''
  const isHeadless = wanted === 'headless' && release.headlessVar
  const isMeant = (candidate: unknown) => (wanted === '' ? (textAt(candidate, 'serviceName') ?? '') === '' : textAt(candidate, 'name') === wanted)
  const services = reference.definitions.flatMap((definition) => listAt(definition, 'spec', 'services')).filter(isMeant)
  if (services.length === 0 && !isHeadless)
    return lacking(reference, 'service', wanted, ['name'], (definition) => namesAt(definition, 'spec', 'services'))
  const port = textAt(reference.reference, 'port', 'name') ?? ''
  if (port === '' || textAt(reference.reference, 'port', 'option') === 'Optional') return undefined
  const ports = isHeadless ? [] : services.flatMap((candidate) => listAt(candidate, 'spec', 'ports'))
  const names = isHeadless
    ? reference.definitions.flatMap((definition) => portNames(definition))
    : ports.flatMap((item) => textAt(item, 'name') ?? [])
  // The only port of a service may have no name.
  if (names.includes(port) || ports.some((item) => (textAt(item, 'name') ?? '') === '')) return undefined
  return {
    path: [...reference.path, 'port', 'name'],
    message: `The var "${reference.variable}" wants the port "${port}", which the service "${wanted}" does not have, and clusters fail.`,
    hint: suggestAmong(port, names),
  }
}

/** A port of the host network is that of a container. */
function hostPort(reference: VarReference): Finding | undefined {
  const container = textAt(reference.reference, 'container', 'name') ?? ''
  const hasIt = reference.definitions.some((definition) => namesAt(definition, 'spec', 'runtime', 'containers').includes(container))
  if (!hasIt) return undefined
  return lacking(reference, 'port', textAt(reference.reference, 'container', 'port', 'name'), ['container', 'port', 'name'], (definition) =>
    portNames(definition, container),
  )
}

/** Whether TLS is on is told only where a definition says that it can be: a required answer never comes. */
function tls({ agent }: OperatorRelease, { variable, reference, definitions, path }: VarReference): Finding | undefined {
  const isRequired = textAt(reference, 'enabled') === 'Required'
  if (agent !== 'kbagent' || !isRequired || definitions.some((definition) => at(definition, 'spec', 'tls') !== undefined)) return undefined
  return {
    path,
    message: `The var "${variable}" wants to know of TLS, which its definition does not have, and clusters fail.`,
    hint: 'write Optional for Required',
  }
}
