import { invariant } from '../diagnostics/index.ts'
import { assertOnlyActions, print, yamlSafeJson } from '../gotemplate/index.ts'
import type { Chart } from '../model/chart.ts'
import { renderSkeleton } from '../skeletons/index.ts'
import { createTree, type FileTree, type TreeFile } from '../tree/index.ts'
import { dataYaml } from './data-yaml.ts'
import { flagSchema, valuesSchema, valuesYaml } from './values.ts'

export { dataYaml } from './data-yaml.ts'

function text(content: string): TreeFile {
  return { bytes: Buffer.from(content) }
}

/** Chart.yaml. */
export function metadataFile(metadata: Chart['metadata']): TreeFile {
  return text(dataYaml(metadata))
}

/** One part of a chart's files. */
type Emitter = (chart: Chart) => readonly (readonly [string, TreeFile])[]

const chartYaml: Emitter = (chart) => [['Chart.yaml', metadataFile(chart.metadata)]]

const values: Emitter = (chart) => [
  ['values.yaml', text(`# Values of the chart ${chart.name} for KubeBlocks ${chart.kubeblocks}.\n\n${valuesYaml(chart.values)}`)],
  // Helm 3 reads the schema as YAML.
  [
    'values.schema.json',
    text(`${yamlSafeJson(JSON.stringify(chart.schemaFor === 'kbcli' ? flagSchema(chart.values) : valuesSchema(chart.values), null, 2))}\n`),
  ],
]

const templates: Emitter = (chart) =>
  chart.templates.map(({ path, documents }) => {
    const printed = print(documents)
    assertOnlyActions(path, printed)
    return [path, { bytes: Buffer.from(printed.text), origins: printed.origins }]
  })

const files: Emitter = (chart) =>
  chart.files.map(({ path, text: content, origin, origins = [origin] }) => [path, { bytes: Buffer.from(content), origins }])

const skeletons: Emitter = (chart) => chart.skeletons.map(({ path, skeleton, data }) => [path, text(renderSkeleton(skeleton, data))])

/** The emitters, in order. */
const emitters: readonly Emitter[] = [chartYaml, values, templates, files, skeletons]

/** Writes a chart out as files, in memory. */
export function emit(chart: Chart): FileTree {
  const files = emitters.flatMap((emitter) => emitter(chart))
  const tree = createTree(files)
  invariant(tree.size === files.length, 'two parts of a chart write the same file')
  return tree
}
