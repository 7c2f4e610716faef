import { at, textAt } from '../../objects/index.ts'
import { FROM_08, FROM_09, NEW } from '../eras.ts'
import { nameProblem } from '../limits.ts'
import { isPattern, nameOf } from '../matching.ts'
import { isSemantic } from '../versions.ts'
import { exporter } from './exporter.ts'
import { type Finding, fieldsAt, isGiven, itemsAt, uniqueness, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/componentdefinition_controller.go'
const kinds = ['ComponentDefinition']

const name: ValidationRule = {
  code: 'definition/name',
  kinds,
  releases: FROM_08,
  source: 'release-1.0:controllers/apps/componentversion_controller.go updateSupportedCompDefLabels; release-0.8: CRD of Cluster',
  check(object, _objects, release) {
    const problem = nameProblem(release, 'componentDefinition', nameOf(object))
    return problem === undefined ? [] : [{ path: ['metadata', 'name'], message: `The name "${nameOf(object)}" ${problem}.` }]
  },
}

const serviceVersion: ValidationRule = {
  code: 'definition/service-version',
  kinds,
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateServiceVersion`,
  check(object) {
    const version = textAt(object, 'spec', 'serviceVersion') ?? ''
    return version === '' || isSemantic(version) ? [] : [{ path: ['spec', 'serviceVersion'], message: `"${version}" is no semantic version.` }]
  },
}

const varNames: ValidationRule = {
  code: 'definition/vars',
  kinds: ['ComponentDefinition', 'SidecarDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateVars; release-1.0:controllers/apps/sidecardefinition_controller.go validateVars`,
  check: (object) => uniqueness(itemsAt(whole(object), 'spec', 'vars'), 'name', 'The var'),
}

const varSource: ValidationRule = {
  code: 'definition/var-source',
  kinds,
  releases: NEW,
  source: `release-1.0:${CONTROLLER} validateVars`,
  check: (object) =>
    itemsAt(whole(object), 'spec', 'vars').flatMap(({ item, path }) =>
      (textAt(item, 'value') ?? '') !== '' && isGiven(item, 'valueFrom')
        ? [{ path: [...path, 'value'], message: `The var "${textAt(item, 'name')}" has both a value and a source.` }]
        : [],
    ),
}

/** What a release does not resolve is left out without a word. */
const varSelector: ValidationRule = {
  code: 'definition/var-selector',
  kinds,
  releases: FROM_08,
  source: 'release-0.8 to v1.2.0-alpha.3:pkg/controller/component/vars.go resolveClusterObjectVarRef',
  check: (object, _objects, release) =>
    itemsAt(whole(object), 'spec', 'vars').flatMap(({ item, path }) =>
      fieldsAt(item, 'valueFrom').flatMap((kind): readonly Finding[] => {
        const known = Object.hasOwn(release.selectors, kind) ? release.selectors[kind] : undefined
        if (known?.some((field) => isGiven(item, 'valueFrom', kind, field)) === true) return []
        const given = known === undefined ? kind : `${kind} with ${known.join(', ')}`
        return [
          {
            path: [...path, 'valueFrom', kind],
            message: `KubeBlocks ${release.version} gives the var "${textAt(item, 'name')}" nothing: it knows ${known === undefined ? 'no ' : ''}${given}${known === undefined ? '' : ' only'}.`,
          },
        ]
      }),
    ),
}

const varPattern: ValidationRule = {
  code: 'definition/var-pattern',
  kinds,
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateVars`,
  check: (object) =>
    itemsAt(whole(object), 'spec', 'vars').flatMap(({ item, path }) =>
      fieldsAt(item, 'valueFrom').flatMap((kind) => {
        const pattern = textAt(item, 'valueFrom', kind, 'compDef') ?? ''
        return isPattern(pattern) ? [] : [{ path: [...path, 'valueFrom', kind, 'compDef'], message: `"${pattern}" is no regular expression of Go.` }]
      }),
    ),
}

const volumes: ValidationRule = {
  code: 'definition/volumes',
  kinds,
  releases: FROM_08,
  source: `release-0.8:${CONTROLLER} validateVolumes`,
  check: (object) => uniqueness(itemsAt(whole(object), 'spec', 'volumes'), 'name', 'The volume'),
}

const watermark: ValidationRule = {
  code: 'definition/high-watermark',
  kinds,
  releases: ['0.8', '0.9'],
  source: `release-0.8 and release-0.9:${CONTROLLER} validateVolumes`,
  check(object) {
    const actions = at(object, 'spec', 'lifecycleActions')
    if (isGiven(actions, 'readonly') && isGiven(actions, 'readwrite')) return []
    return itemsAt(whole(object), 'spec', 'volumes').flatMap(({ item, path }) => {
      const mark = at(item, 'highWatermark')
      return typeof mark === 'number' && mark > 0 && mark < 100
        ? [{ path: [...path, 'highWatermark'], message: 'A high watermark needs both the readonly and the readwrite action.' }]
        : []
    })
  },
}

const hostNetwork: ValidationRule = {
  code: 'definition/host-network',
  kinds,
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateHostNetwork`,
  check(object) {
    const entries = itemsAt(whole(object), 'spec', 'hostNetwork', 'containerPorts')
    const containers = [...itemsAt(whole(object), 'spec', 'runtime', 'initContainers'), ...itemsAt(whole(object), 'spec', 'runtime', 'containers')]
    const unknown = entries.flatMap((entry): readonly Finding[] => {
      const container = containers.find(({ item }) => textAt(item, 'name') === textAt(entry.item, 'container'))
      if (container === undefined)
        return [{ path: [...entry.path, 'container'], message: `There is no container "${textAt(entry.item, 'container')}".` }]
      const ports = itemsAt(container, 'ports').map(({ item }) => textAt(item, 'name'))
      return itemsAt(entry, 'ports').flatMap(({ item, path }) =>
        ports.includes(String(item)) ? [] : [{ path, message: `The container "${textAt(container.item, 'name')}" has no port "${String(item)}".` }],
      )
    })
    return [...uniqueness(entries, 'container', 'The container'), ...unknown]
  },
}

const services: ValidationRule = {
  code: 'definition/services',
  kinds,
  releases: FROM_08,
  source: `release-0.8:${CONTROLLER} validateServices`,
  check(object) {
    const all = itemsAt(whole(object), 'spec', 'services')
    const roles = itemsAt(whole(object), 'spec', 'roles').map(({ item }) => (textAt(item, 'name') ?? '').toLowerCase())
    const each = all.flatMap((service): readonly Finding[] => {
      const role = textAt(service.item, 'roleSelector') ?? ''
      return [
        ...(itemsAt(service, 'spec', 'ports').length === 0
          ? [{ path: [...service.path, 'spec', 'ports'], message: `The service "${textAt(service.item, 'name')}" has no port.` }]
          : []),
        ...(role === '' || roles.includes(role.toLowerCase())
          ? []
          : [{ path: [...service.path, 'roleSelector'], message: `There is no role "${role}".` }]),
      ]
    })
    // At most one service may have no serviceName: the missing one counts as empty.
    return [...uniqueness(all, 'name', 'The service'), ...uniqueness(all, 'serviceName', 'The serviceName'), ...each]
  },
}

const roles: ValidationRule = {
  code: 'definition/roles',
  kinds,
  releases: FROM_08,
  source: `release-0.8:${CONTROLLER} validateReplicaRoles`,
  check: (object) => uniqueness(itemsAt(whole(object), 'spec', 'roles'), 'name', 'The role'),
}

const PHASES = ['creating', 'running', 'updating', 'starting', 'stopping', 'stopped', 'deleting', 'failed']

const available: ValidationRule = {
  code: 'definition/available',
  kinds,
  releases: NEW,
  source: `release-1.0:${CONTROLLER} validateAvailable`,
  check(object) {
    const path = ['spec', 'available']
    const wanted = at(object, 'spec', 'available')
    if (isGiven(wanted, 'withProbe')) {
      // The others are not looked at then.
      const hasProbe = isGiven(object, 'spec', 'lifecycleActions', 'availableProbe')
      return hasProbe ? [] : [{ path: [...path, 'withProbe'], message: 'There is no availableProbe among the lifecycle actions.' }]
    }
    const phases = (textAt(wanted, 'withPhases') ?? '').split(',').filter((phase) => phase !== '' && !PHASES.includes(phase.toLowerCase()))
    const role = textAt(wanted, 'withRole')
    const isKnown =
      role === undefined || itemsAt(whole(object), 'spec', 'roles').some(({ item }) => textAt(item, 'name')?.toLowerCase() === role.toLowerCase())
    return [
      ...phases.map((phase) => ({ path: [...path, 'withPhases'], message: `"${phase}" is no phase of a component.` })),
      ...(isKnown ? [] : [{ path: [...path, 'withRole'], message: `There is no role "${role}".` }]),
    ]
  },
}

const podManagement: ValidationRule = {
  code: 'definition/pod-management',
  kinds,
  releases: NEW,
  source: `release-1.0:${CONTROLLER} validatePodManagementPolicy`,
  check(object) {
    const policy = textAt(object, 'spec', 'podManagementPolicy')
    return policy === undefined || ['OrderedReady', 'Parallel'].includes(policy)
      ? []
      : [{ path: ['spec', 'podManagementPolicy'], message: `"${policy}" is neither OrderedReady nor Parallel.` }]
  },
}

export const componentDefinitionRules: readonly ValidationRule[] = [
  available,
  watermark,
  exporter,
  hostNetwork,
  name,
  podManagement,
  roles,
  serviceVersion,
  services,
  varPattern,
  varSelector,
  varSource,
  varNames,
  volumes,
]
