import { object } from '../../../support/definitions.ts'
import { type Case, cmpd, exec, MODERN, pod } from './case.ts'

const switchover = (first: object) =>
  cmpd({
    runtime: pod(first),
    scripts: [{ name: 's', volumeName: 'v' }],
    lifecycleActions: { switchover: { scriptSpecSelectors: [{ name: 's' }] } },
  })

export const actions: readonly Case[] = [
  {
    rule: 'action/image',
    what: 'two images',
    bad: [cmpd({ lifecycleActions: { memberJoin: exec({ image: 'a' }), memberLeave: exec({ image: 'b' }), availableProbe: exec({ image: 'c' }) } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.memberLeave.exec.image'],
    good: [cmpd({ lifecycleActions: { memberJoin: exec({ image: 'a' }), memberLeave: exec({}) } })],
  },
  {
    rule: 'action/container',
    what: 'two containers, one of which there is not',
    bad: [cmpd({ runtime: pod(), lifecycleActions: { memberJoin: exec({ container: 'x' }), memberLeave: exec({ container: 'y' }) } })],
    expected: [
      'ComponentDefinition/x spec.lifecycleActions.memberLeave.exec.container',
      'ComponentDefinition/x spec.lifecycleActions.memberLeave.exec.container',
    ],
    good: [cmpd({ runtime: pod(), lifecycleActions: { memberJoin: exec({ container: 'x' }), memberLeave: exec({ container: 'x' }) } })],
  },
  {
    rule: 'action/timeout',
    what: 'more than a minute',
    bad: [cmpd({ lifecycleActions: { memberLeave: { ...exec({}), timeoutSeconds: 61 } } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.memberLeave.timeoutSeconds'],
    good: [cmpd({ lifecycleActions: { memberLeave: { ...exec({}), timeoutSeconds: 60 } } })],
  },
  {
    rule: 'action/not-called',
    what: 'actions that nobody asks for',
    bad: [cmpd({ lifecycleActions: { dataDump: exec({}), reconfigure: exec({}) } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.dataDump', 'ComponentDefinition/x spec.lifecycleActions.reconfigure'],
    good: [cmpd({ lifecycleActions: { memberJoin: exec({}) } })],
  },
  {
    rule: 'action/job-image',
    what: 'a job without an image',
    bad: [cmpd({ lifecycleActions: { postProvision: { customHandler: { exec: { command: ['/a'] }, container: 'x' } } } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.postProvision.customHandler'],
    good: [cmpd({ lifecycleActions: { postProvision: { customHandler: { exec: { command: ['/a'] }, image: 'example/x:1.0.0' } } } })],
  },
  {
    rule: 'action/switchover-scripts',
    what: 'scripts that only another container mounts',
    bad: [switchover({})],
    expected: ['ComponentDefinition/x spec.lifecycleActions.switchover.scriptSpecSelectors.0'],
    good: [switchover({ volumeMounts: [{ name: 'v', mountPath: '/scripts' }] })],
  },
  {
    rule: 'sharding/actions',
    what: 'actions that come before their time',
    bad: [object('ShardingDefinition', 's', { lifecycleActions: { shardAdd: exec({}), shardRemove: exec({}) } })],
    expected: ['ShardingDefinition/s spec.lifecycleActions.shardAdd', 'ShardingDefinition/s spec.lifecycleActions.shardRemove'],
    good: [object('ShardingDefinition', 's', {})],
  },
  {
    rule: 'action/selector',
    what: 'by ordinal',
    bad: [cmpd({ lifecycleActions: { memberLeave: exec({ targetPodSelector: 'Ordinal' }) } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.memberLeave.exec.targetPodSelector'],
    good: [cmpd({ lifecycleActions: { memberLeave: exec({ targetPodSelector: 'Any' }) } })],
  },
  {
    rule: 'action/builtin-handler',
    what: 'unknown, and two',
    bad: [cmpd({ lifecycleActions: { roleProbe: { builtinHandler: 'redis' }, memberJoin: { builtinHandler: 'qdrant' } } })],
    expected: [
      'ComponentDefinition/x spec.lifecycleActions.memberJoin.builtinHandler',
      'ComponentDefinition/x spec.lifecycleActions.memberJoin.builtinHandler',
    ],
    good: [cmpd({ lifecycleActions: { roleProbe: { builtinHandler: 'redis' }, memberJoin: { builtinHandler: 'redis' } } })],
  },
  {
    rule: 'action/builtin-handler',
    what: 'without a role probe, which crashes 0.8',
    bad: [cmpd({ lifecycleActions: { memberJoin: { builtinHandler: 'redis' } } })],
    expected: ['ComponentDefinition/x spec.lifecycleActions.memberJoin.builtinHandler'],
    good: [cmpd({})],
    releases: ['0.8'],
  },
  {
    rule: 'account/provision',
    what: 'an account that nothing makes',
    bad: [cmpd({ systemAccounts: [{ name: 'a' }] })],
    expected: ['ComponentDefinition/x spec.systemAccounts.0', 'ComponentDefinition/x spec.systemAccounts.0.statement'],
    good: [cmpd({ systemAccounts: [{ name: 'a', initAccount: true }] })],
  },
  {
    rule: 'account/provision',
    what: 'twice',
    bad: [
      cmpd({
        systemAccounts: [
          { name: 'a', initAccount: true },
          { name: 'a', statement: 's' },
        ],
        lifecycleActions: { accountProvision: {} },
      }),
    ],
    expected: ['ComponentDefinition/x spec.systemAccounts.1.name'],
    good: [
      cmpd({
        systemAccounts: [
          { name: 'a', initAccount: true },
          { name: 'b', statement: 's' },
        ],
        lifecycleActions: { accountProvision: {} },
      }),
    ],
    releases: ['0.8', '0.9'],
  },
  {
    rule: 'account/provision',
    what: 'a statement of the old form',
    bad: [cmpd({ systemAccounts: [{ name: 'a', statement: 's' }], lifecycleActions: { accountProvision: {} } })],
    expected: ['ComponentDefinition/x spec.systemAccounts.0.statement'],
    good: [cmpd({ systemAccounts: [{ name: 'a', statement: { create: 's' } }], lifecycleActions: { accountProvision: {} } })],
    releases: MODERN,
  },
  {
    rule: 'account/provision',
    what: 'two initial ones, of which 0.8 takes one',
    bad: [
      cmpd({
        systemAccounts: [
          { name: 'a', initAccount: true },
          { name: 'b', initAccount: true },
        ],
      }),
    ],
    expected: ['ComponentDefinition/x spec.systemAccounts.1.initAccount'],
    good: [cmpd({ systemAccounts: [{ name: 'a', initAccount: true }] })],
    releases: ['0.8'],
  },
]
