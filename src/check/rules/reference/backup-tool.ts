import { suggest } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/backup-tool',
  kinds: ['BackupPolicyTemplate'],
  check({ value, placeOf }, graph, report) {
    for (const policy of listAt(value, 'spec', 'backupPolicies')) {
      for (const part of ['datafile', 'logfile']) {
        const wanted = textAt(policy, part, 'backupToolName')
        if (wanted === undefined || graph.find('BackupTool', wanted) !== undefined) continue
        report(
          `The ${part} backup uses the BackupTool "${wanted}", which the chart does not have.`,
          placeOf(wanted),
          suggest(
            wanted,
            graph.ofKind('BackupTool').map(({ name }) => name),
          ),
        )
      }
    }
  },
}
export default rule
