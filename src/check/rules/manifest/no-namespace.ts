import { at, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'manifest/no-namespace',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, _graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      for (const spec of [...listAt(component, 'configSpecs'), ...listAt(component, 'scriptSpecs')]) {
        if (at(spec, 'namespace') === undefined)
          report(`"${textAt(spec, 'name')}" has no namespace, so KubeBlocks looks in "default".`, placeOf(textAt(spec, 'name')))
      }
    }
  },
}
export default rule
