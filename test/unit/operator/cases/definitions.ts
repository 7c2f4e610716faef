import { object } from '../../../support/definitions.ts'
import { type Case, cmpd, exec, MODERN, pod } from './case.ts'

const METRICS = { name: 'metrics', containerPort: 9 }
const EXPORTED = { containers: [{ name: 'x' }, { name: 'y', ports: [METRICS] }] }

export const definitions: readonly Case[] = [
  {
    rule: 'definition/name',
    what: 'too long',
    bad: [cmpd({}, 'x'.repeat(64))],
    expected: [`ComponentDefinition/${'x'.repeat(64)} metadata.name`],
    good: [cmpd({}, 'x'.repeat(22))],
  },
  {
    rule: 'definition/exporter',
    what: 'that is the engine, and a port of no container',
    bad: [
      cmpd({ exporter: { containerName: 'x', scrapePort: 'metrics' }, runtime: { containers: [{ name: 'x', ports: [METRICS] }] } }),
      cmpd(
        { exporter: { containerName: 'y', scrapePort: 'metrics' }, lifecycleActions: { roleProbe: exec({ container: 'y' }) }, runtime: EXPORTED },
        'action',
      ),
      cmpd({ exporter: { scrapePort: 'metrics' }, runtime: EXPORTED }, 'port'),
    ],
    expected: [
      'ComponentDefinition/x spec.exporter.containerName',
      'ComponentDefinition/action spec.exporter.containerName',
      'ComponentDefinition/port spec.exporter.scrapePort',
    ],
    good: [
      cmpd({ exporter: { containerName: 'y', scrapePort: 'metrics' }, runtime: EXPORTED }),
      cmpd({ exporter: { scrapePort: '9' }, runtime: pod() }),
      cmpd({
        exporter: { containerName: 'metrics', scrapePort: 'metrics' },
        runtime: { containers: [{ name: 'x' }, { name: 'metrics', ports: [METRICS, { name: 'own-metrics', containerPort: 8 }] }] },
      }),
      cmpd({ exporter: null }),
    ],
  },
  {
    rule: 'definition/service-version',
    what: 'not semantic',
    bad: [cmpd({ serviceVersion: '8.0' })],
    expected: ['ComponentDefinition/x spec.serviceVersion'],
    good: [cmpd({ serviceVersion: '8.0.0' })],
  },
  {
    rule: 'definition/vars',
    what: 'twice',
    bad: [cmpd({ vars: [{ name: 'A' }, { name: 'A' }] })],
    expected: ['ComponentDefinition/x spec.vars.1.name'],
    good: [cmpd({ vars: [{ name: 'A' }, { name: 'B' }] })],
  },
  {
    rule: 'definition/var-source',
    what: 'two',
    bad: [cmpd({ vars: [{ name: 'A', value: 'x', valueFrom: {} }] })],
    expected: ['ComponentDefinition/x spec.vars.0.value'],
    good: [cmpd({ vars: [{ name: 'A', value: 'x' }] })],
  },
  {
    rule: 'definition/var-selector',
    what: 'that the release does not know',
    bad: [
      cmpd({
        vars: [
          { name: 'A', valueFrom: { clusterVarRef: { clusterName: 'Required' } } },
          { name: 'B', valueFrom: { componentVarRef: { podNames: 'Required' } } },
        ],
      }),
    ],
    expected: ['ComponentDefinition/x spec.vars.0.valueFrom.clusterVarRef', 'ComponentDefinition/x spec.vars.1.valueFrom.componentVarRef'],
    good: [cmpd({ vars: [{ name: 'A', valueFrom: { credentialVarRef: { name: 'root', username: 'Required' } } }] })],
    releases: ['0.8', '0.9'],
  },
  {
    rule: 'definition/var-selector',
    what: 'beside a reference without a value',
    bad: [cmpd({ vars: [{ name: 'A', valueFrom: { tlsVarRef: null, serviceVarRef: { name: 'a' } } }] })],
    expected: ['ComponentDefinition/x spec.vars.0.valueFrom.serviceVarRef'],
    good: [cmpd({ vars: [{ name: 'A', valueFrom: { serviceVarRef: null, credentialVarRef: { username: 'Required' } } }] })],
  },
  {
    rule: 'definition/var-selector',
    what: 'that went',
    bad: [cmpd({ vars: [{ name: 'A', valueFrom: { componentVarRef: { instanceNames: 'Required' } } }] })],
    expected: ['ComponentDefinition/x spec.vars.0.valueFrom.componentVarRef'],
    good: [cmpd({ vars: [{ name: 'A', valueFrom: { componentVarRef: { podNames: 'Required' } } }] })],
    releases: MODERN,
  },
  {
    rule: 'definition/var-pattern',
    what: 'that does not compile',
    bad: [cmpd({ vars: [{ name: 'A', valueFrom: { serviceVarRef: { compDef: '(' } } }] })],
    expected: ['ComponentDefinition/x spec.vars.0.valueFrom.serviceVarRef.compDef'],
    good: [cmpd({ vars: [{ name: 'A', valueFrom: { serviceVarRef: { compDef: '^a-\\d' } } }] })],
  },
  {
    rule: 'definition/volumes',
    what: 'twice',
    bad: [cmpd({ volumes: [{ name: 'v' }, { name: 'v' }] })],
    expected: ['ComponentDefinition/x spec.volumes.1.name'],
    good: [cmpd({ volumes: [{ name: 'v' }, { name: 'w' }] })],
  },
  {
    rule: 'definition/high-watermark',
    what: 'without the actions that keep it',
    bad: [cmpd({ volumes: [{ name: 'v', highWatermark: 90 }], lifecycleActions: { readonly: {}, readwrite: null } })],
    expected: ['ComponentDefinition/x spec.volumes.0.highWatermark'],
    good: [cmpd({ volumes: [{ name: 'v', highWatermark: 90 }], lifecycleActions: { readonly: {}, readwrite: {} } })],
  },
  {
    rule: 'definition/host-network',
    what: 'ports and containers there are not',
    bad: [
      cmpd({
        runtime: pod({ ports: [{ name: 'p' }] }),
        hostNetwork: { containerPorts: [{ container: 'x', ports: ['q'] }, { container: 'y' }, { container: 'x' }] },
      }),
    ],
    expected: [
      'ComponentDefinition/x spec.hostNetwork.containerPorts.2.container',
      'ComponentDefinition/x spec.hostNetwork.containerPorts.0.ports.0',
      'ComponentDefinition/x spec.hostNetwork.containerPorts.1.container',
    ],
    good: [cmpd({ runtime: pod({ ports: [{ name: 'p' }] }), hostNetwork: { containerPorts: [{ container: 'x', ports: ['p'] }] } })],
  },
  {
    rule: 'definition/services',
    what: 'the same twice, without a port, of a role there is not',
    bad: [
      cmpd({
        services: [
          { name: 'a', spec: { ports: [{ port: 1 }] } },
          { name: 'b', roleSelector: 'r' },
        ],
      }),
    ],
    expected: [
      'ComponentDefinition/x spec.services.1.serviceName',
      'ComponentDefinition/x spec.services.1.spec.ports',
      'ComponentDefinition/x spec.services.1.roleSelector',
    ],
    good: [cmpd({ roles: [{ name: 'R' }], services: [{ name: 'a', roleSelector: 'r', spec: { ports: [{ port: 1 }] } }] })],
  },
  {
    rule: 'definition/roles',
    what: 'twice',
    bad: [cmpd({ roles: [{ name: 'a' }, { name: 'a' }] })],
    expected: ['ComponentDefinition/x spec.roles.1.name'],
    good: [cmpd({ roles: [{ name: 'a' }] })],
  },
  {
    rule: 'definition/available',
    what: 'by a phase and a role there are not',
    bad: [cmpd({ available: { withPhases: 'Running,Happy', withRole: 'r' } })],
    expected: ['ComponentDefinition/x spec.available.withPhases', 'ComponentDefinition/x spec.available.withRole'],
    good: [cmpd({ roles: [{ name: 'r' }], available: { withPhases: 'running,Updating', withRole: 'R' } })],
  },
  {
    rule: 'definition/available',
    what: 'by a probe there is not',
    bad: [cmpd({ available: { withProbe: {}, withRole: 'ignored' } })],
    expected: ['ComponentDefinition/x spec.available.withProbe'],
    good: [cmpd({ available: { withProbe: {} }, lifecycleActions: { availableProbe: {} } })],
  },
  {
    rule: 'definition/pod-management',
    what: 'unknown',
    bad: [cmpd({ podManagementPolicy: 'Serial' })],
    expected: ['ComponentDefinition/x spec.podManagementPolicy'],
    good: [cmpd({ podManagementPolicy: 'Parallel' })],
  },
  {
    rule: 'gate/crd-api-version',
    what: 'no annotation',
    bad: [
      object('ComponentDefinition', 'x'),
      object('ClusterDefinition', 'd', {}, { annotations: { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1alpha1' } }),
    ],
    expected: [
      'ComponentDefinition/x metadata.annotations.kubeblocks.io/crd-api-version',
      'ClusterDefinition/d metadata.annotations.kubeblocks.io/crd-api-version',
    ],
    good: [cmpd({})],
  },
]
