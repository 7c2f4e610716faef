import type { Mutation, Rendered } from './mutation.ts'

const addon = 'everything'
/** The first definition of everything is that of its engine. */
const definition = (find: (kind: string) => Rendered) => find('ComponentDefinition').spec
const actions = (find: (kind: string) => Rendered) => definition(find).lifecycleActions

/** What operators demand of lifecycle actions and system accounts. */
export const operatorActions: readonly Mutation[] = [
  {
    code: 'account/provision',
    addon,
    kubeblocks: '0.9',
    says: '"watcher" is made by the action accountProvision',
    change: (_, find) => void delete actions(find).accountProvision,
  },
  {
    code: 'account/provision',
    addon,
    kubeblocks: '1.1',
    says: '"watcher" needs the statement',
    change: (_, find) => {
      definition(find).systemAccounts[1].statement = { update: 'ALTER USER watcher' }
    },
  },
  {
    code: 'account/provision',
    addon,
    kubeblocks: '1.0',
    says: '"root" is there twice',
    change: (_, find) => void definition(find).systemAccounts.push({ name: 'root', initAccount: true }),
  },
  {
    code: 'action/builtin-handler',
    addon,
    kubeblocks: '0.9',
    says: 'no builtin handler "rich"',
    change: (_, find) => {
      actions(find).memberJoin = { builtinHandler: 'rich' }
    },
  },
  {
    code: 'action/builtin-handler',
    addon,
    kubeblocks: '0.9',
    says: 'another is "redis", not "mysql"',
    change: (_, find) => {
      actions(find).memberJoin = { builtinHandler: 'redis' }
      actions(find).memberLeave = { builtinHandler: 'mysql' }
    },
  },
  {
    code: 'action/container',
    addon,
    kubeblocks: '1.0',
    says: 'another names "rich", not "sidecar"',
    change: (_, find) => {
      actions(find).memberLeave.exec.container = 'sidecar'
    },
  },
  {
    code: 'action/container',
    addon,
    kubeblocks: '1.2-alpha',
    says: 'no container "ritch"',
    change: (_, find) => {
      actions(find).switchover.exec.container = 'ritch'
    },
  },
  {
    code: 'action/image',
    addon,
    kubeblocks: '1.0',
    says: 'one image',
    change: (_, find) => {
      actions(find).memberJoin.exec.image = 'docker.io/example/rich:2.0.0'
      actions(find).memberLeave.exec.image = 'docker.io/example/rich:1.9.0'
    },
  },
  {
    code: 'action/job-image',
    addon,
    kubeblocks: '0.9',
    says: 'preTerminate is has no image',
    change: (_, find) => void delete actions(find).preTerminate.customHandler.image,
  },
  {
    code: 'action/not-called',
    addon,
    kubeblocks: '0.9',
    says: 'never calls dataDump',
    change: (_, find) => {
      actions(find).dataDump = actions(find).memberJoin
    },
  },
  {
    code: 'action/selector',
    addon,
    kubeblocks: '1.0',
    says: 'Ordinal',
    change: (_, find) => {
      actions(find).postProvision.exec.targetPodSelector = 'Ordinal'
    },
  },
  {
    code: 'action/switchover-scripts',
    addon,
    kubeblocks: '0.9',
    says: 'does not mount the scripts "everything-rich-scripts"',
    change: (_, find) => {
      const [container] = definition(find).runtime.containers
      container.volumeMounts = container.volumeMounts.filter(({ name }: Rendered) => name !== 'scripts')
    },
  },
  {
    code: 'action/timeout',
    addon,
    kubeblocks: '1.1',
    says: '61',
    change: (_, find) => {
      actions(find).memberLeave.timeoutSeconds = 61
    },
  },
]
