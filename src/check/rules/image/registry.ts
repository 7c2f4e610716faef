import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'

const rule: SourceRule = {
  code: 'image/registry',
  source: 'release-1.0:deploy/helm/values.yaml image.registry: KubeBlocks itself can be taken from a mirror',
  check(chart) {
    return readChart(chart)
      .templates.filter(({ givesObjects }) => givesObjects)
      .flatMap((template) =>
        template.lines().flatMap(({ key, value, valueOffset }) => {
          const image = value.replace(/^["']|["']$/g, '')
          // A name without `/`, `:` or an action is more likely a field that is called image.
          if (key !== 'image' || !/^[a-z0-9][^\s{}]*(?:[/:]|\{\{|$)/i.test(image) || !/[/:]/.test(image)) return []
          const literal = image.replace(/\{\{.*$/s, '{{...}}')
          return [findingIn(template, valueOffset, `No value changes the registry of the image "${literal}".`)]
        }),
      )
  },
}
export default rule
