import { type Case, cd, onlyDefinition, pod, template } from './case.ts'

const accounts = (...list: readonly object[]) => cd({ systemAccounts: { accounts: list } })
const consensus = (consensusSpec: unknown) => cd({ workloadType: 'Consensus', consensusSpec })
const referring = (reference: object, workloadType = 'Stateful') =>
  onlyDefinition({
    componentDefs: [
      { name: 'x', workloadType },
      { name: 'y', componentDefRef: [reference] },
    ],
  })
const env = (variable: object, workloadType?: string) =>
  referring({ componentDefName: 'x', componentRefEnv: [{ name: 'A', ...variable }] }, workloadType)
const ENV = 'ClusterDefinition/d spec.componentDefs.1.componentDefRef.0.componentRefEnv.0'

export const webhook: readonly Case[] = [
  {
    rule: 'definition/log-path',
    what: 'no mount of the first container has it',
    bad: [
      cd({
        logConfigs: [{ name: 'l', filePathPattern: '/log/a' }],
        podSpec: { containers: [{ name: 'x' }, { name: 'y', volumeMounts: [{ mountPath: '/log' }] }] },
      }),
    ],
    expected: ['ClusterDefinition/d spec.componentDefs.0.logConfigs.0.filePathPattern'],
    good: [cd({ logConfigs: [{ name: 'l', filePathPattern: '/log/a' }], podSpec: pod({ volumeMounts: [{ mountPath: '/log' }] }) })],
  },
  {
    rule: 'definition/consensus',
    what: 'no leader, two leaders, an even number',
    bad: [consensus({ leader: { name: '', replicas: 2 }, followers: [{ name: 'f', replicas: 1 }] })],
    expected: [
      'ClusterDefinition/d spec.componentDefs.0.consensusSpec.leader.name',
      'ClusterDefinition/d spec.componentDefs.0.consensusSpec.leader.replicas',
      'ClusterDefinition/d spec.componentDefs.0.consensusSpec.followers',
    ],
    good: [consensus({ leader: { name: 'l' }, followers: [{ name: 'f' }] }), cd({ workloadType: 'Replication' })],
  },
  {
    rule: 'definition/consensus',
    what: 'none at all',
    bad: [consensus(null)],
    expected: ['ClusterDefinition/d spec.componentDefs.0.consensusSpec'],
    good: [consensus({ leader: { name: 'l', replicas: 1 }, followers: [{ name: 'f', replicas: 2 }] })],
  },
  {
    rule: 'account/policy',
    what: 'no statements, no Secret, twice',
    bad: [
      accounts(
        { name: 'a', provisionPolicy: { type: 'CreateByStmt' } },
        { name: 'b', provisionPolicy: { type: 'ReferToExisting' } },
        { name: 'b', provisionPolicy: { type: 'ReferToExisting', secretRef: { name: 's' } } },
      ),
    ],
    expected: [
      'ClusterDefinition/d spec.componentDefs.0.systemAccounts.accounts.0.provisionPolicy',
      'ClusterDefinition/d spec.componentDefs.0.systemAccounts.accounts.1.provisionPolicy',
      'ClusterDefinition/d spec.componentDefs.0.systemAccounts.accounts.2.name',
    ],
    good: [accounts({ name: 'a', provisionPolicy: { type: 'CreateByStmt', statements: { creation: 'c', update: 'u' } } })],
  },
  {
    rule: 'account/policy',
    what: 'a password too short for its digits',
    bad: [cd({ systemAccounts: { passwordConfig: { numSymbols: 9 } } })],
    expected: ['ClusterDefinition/d spec.componentDefs.0.systemAccounts.passwordConfig'],
    good: [cd({ systemAccounts: { passwordConfig: { numSymbols: 9, length: 11 } } })],
  },
  {
    rule: 'account/policy',
    what: 'statements that only create',
    bad: [accounts({ name: 'a', provisionPolicy: { type: 'CreateByStmt', statements: { creation: 'c' } } })],
    expected: ['ClusterDefinition/d spec.componentDefs.0.systemAccounts.accounts.0.provisionPolicy.statements'],
    good: [accounts({ name: 'a', provisionPolicy: { type: 'CreateByStmt', statements: { creation: 'c', deletion: 'd' } } })],
    releases: ['0.6', '0.7', '0.8', '0.9'],
  },
  {
    rule: 'definition/component-ref',
    what: 'a component there is not',
    bad: [referring({ componentDefName: 'z' })],
    expected: ['ClusterDefinition/d spec.componentDefs.1.componentDefRef.0.componentDefName'],
    good: [referring({ componentDefName: 'x' })],
  },
  {
    rule: 'definition/component-ref',
    what: 'neither value nor source',
    bad: [env({})],
    expected: [ENV],
    good: [env({ value: 'v', valueFrom: null })],
  },
  {
    rule: 'definition/component-ref',
    what: 'a field that is not named',
    bad: [env({ valueFrom: { type: 'FieldRef' } })],
    expected: [`${ENV}.valueFrom`],
    good: [env({ valueFrom: { type: 'FieldRef', fieldPath: '$.metadata' } })],
  },
  {
    rule: 'definition/component-ref',
    what: 'a field of a headless service',
    bad: [env({ valueFrom: { type: 'HeadlessServiceRef', fieldPath: 'a' } })],
    expected: [`${ENV}.valueFrom.fieldPath`],
    good: [env({ valueFrom: { type: 'HeadlessServiceRef' } })],
  },
  {
    rule: 'definition/component-ref',
    what: 'the headless service of a stateless component',
    bad: [env({ valueFrom: { type: 'HeadlessServiceRef' } }, 'Stateless')],
    expected: [`${ENV}.valueFrom`],
    good: [env({ valueFrom: { type: 'ServiceRef' } }, 'Stateless')],
  },
  {
    rule: 'template/duplicate',
    what: 'one name, volume and ConfigMap for two',
    bad: [cd({ configSpecs: [template('templateRef'), template('templateRef')] })],
    expected: [
      'ClusterDefinition/d spec.componentDefs.0.configSpecs.1.name',
      'ClusterDefinition/d spec.componentDefs.0.configSpecs.1.volumeName',
      'ClusterDefinition/d spec.componentDefs.0.configSpecs.1.templateRef',
    ],
    good: [cd({ configSpecs: [template('templateRef'), template('templateRef', { name: 'u', volumeName: 'w', templateRef: 'other' })] })],
  },
]
