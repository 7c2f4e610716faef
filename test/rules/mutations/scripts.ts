import type { Mutation, Rendered } from './mutation.ts'

const scriptsOf = (objects: Rendered[]) => objects.find(({ kind, data }) => kind === 'ConfigMap' && data?.['ready.sh'] !== undefined).data
const backup = (find: (kind: string) => Rendered) => find('ActionSet').spec.backup.backupData
const leave = (find: (kind: string) => Rendered) => find('ComponentDefinition').spec.lifecycleActions.memberLeave.exec

export const scripts: readonly Mutation[] = [
  {
    code: 'script/agent-bash',
    kubeblocks: '1.0',
    says: 'The command is bash',
    change: (_, find) => {
      for (const action of Object.values<Rendered>(find('ComponentDefinition').spec.lifecycleActions)) if (action.exec) action.exec.image = undefined
      for (const release of find('ComponentVersion').spec.releases) release.images = { qdrant: release.images.qdrant }
      leave(find).command[0] = '/bin/bash'
    },
  },
  {
    code: 'script/background',
    kubeblocks: '1.0',
    says: 'run by an action',
    change: (_, find) => {
      leave(find).command[2] = `sleep 60 &\n${leave(find).command[2]}`
    },
  },
  {
    code: 'script/bashism',
    kubeblocks: '0.6',
    says: '"ready.sh" runs in sh, and uses [[ ]]',
    change: (objects) => {
      scriptsOf(objects)['ready.sh'] += '\nif [[ -n $x ]]; then echo x; fi\n'
    },
  },
  {
    code: 'script/bashism',
    kubeblocks: '1.0',
    says: 'an array',
    change: (_, find) => {
      backup(find).command[2] = `hosts=(a b)\n${backup(find).command[2]}`
    },
  },
  {
    code: 'script/no-timeout',
    kubeblocks: '1.0',
    says: 'calls curl without a time limit',
    change: (objects) => {
      scriptsOf(objects)['ready.sh'] += '\ncurl -s http://localhost:6333/readyz\n'
    },
  },
  {
    code: 'script/shebang',
    kubeblocks: '1.0',
    says: 'does not begin with "#!"',
    change: (objects) => {
      scriptsOf(objects)['ready.sh'] = scriptsOf(objects)['ready.sh'].replace(/^#!.*\n/, '')
    },
  },
  {
    code: 'script/shebang',
    kubeblocks: '1.0',
    says: 'does not let files run',
    change: (_, find) => {
      find('ComponentDefinition').spec.scripts[0].defaultMode = 0o444
    },
  },
  {
    code: 'script/syntax',
    kubeblocks: '1.0',
    says: "expected 'fi'",
    change: (_, find) => {
      backup(find).command[2] = `if true; then\n${backup(find).command[2]}`
    },
  },
]
