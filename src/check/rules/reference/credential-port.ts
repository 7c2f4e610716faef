import { suggest } from '../../../diagnostics/index.ts'
import { keysAt, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/credential-port',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, _graph, report) {
    // The operator fills in the ports of the first component that has a service (API.md 3.1).
    const component = listAt(value, 'spec', 'componentDefs').find((candidate) => listAt(candidate, 'service', 'ports').length > 0)
    const names = listAt(component, 'service', 'ports').flatMap((port) => textAt(port, 'name') ?? [])
    for (const key of keysAt(value, 'spec', 'connectionCredential')) {
      for (const [placeholder, name = ''] of (textAt(value, 'spec', 'connectionCredential', key) ?? '').matchAll(/\$\(SVC_PORT_([^)]*)\)/g)) {
        if (!names.includes(name))
          report(`${placeholder} in connectionCredential.${key} names no port of the service.`, placeOf(placeholder), suggest(name, names))
      }
    }
  },
}
export default rule
