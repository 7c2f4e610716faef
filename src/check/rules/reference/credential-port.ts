import { suggestAmong } from '../../../diagnostics/index.ts'
import { keysAt, listAt, textAt } from '../../../objects/index.ts'
import { OLD } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/credential-port',
  kinds: ['ClusterDefinition'],
  releases: OLD,
  source: 'release-0.6:internal/controller/lifecycle/transformer_init.go',
  check(object) {
    // The operator fills in the ports of the first component that has a service.
    const component = listAt(object, 'spec', 'componentDefs').find((candidate) => listAt(candidate, 'service', 'ports').length > 0)
    const names = listAt(component, 'service', 'ports').flatMap((port) => textAt(port, 'name') ?? [])
    return keysAt(object, 'spec', 'connectionCredential').flatMap((key) => {
      const path = ['spec', 'connectionCredential', key]
      return [...(textAt(object, ...path) ?? '').matchAll(/\$\(SVC_PORT_([^)]*)\)/g)]
        .filter(([, name = '']) => !names.includes(name))
        .map(([placeholder, name = '']) => ({
          path,
          message: `${placeholder} in connectionCredential.${key} names no port of the service.`,
          hint: suggestAmong(name, names),
        }))
    })
  },
}
export default rule
