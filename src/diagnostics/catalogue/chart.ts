import { type Entries, entry } from './entry.ts'

export const chartEntries: Entries<'helm' | 'chart'> = {
  'helm/template': entry('error', 'Helm cannot render the chart', 'What Helm cannot render cannot be installed.', 'Mend what Helm complains about.'),
  'helm/lint': entry('warning', 'helm lint complains', 'Helm found something unusual in the chart.', 'Mend what Helm complains about.'),
  'helm/output': entry('error', 'Rendered text is not Kubernetes YAML', 'Kubernetes cannot take what was rendered.', 'Mend the template.'),
  'chart/metadata': entry(
    'error',
    'Chart.yaml is not complete',
    'Helm and chart repositories need name, version and apiVersion.',
    'Add what is missing.',
  ),
  'chart/unsafe-file': entry(
    'error',
    'Unsafe file in a chart',
    'Links, devices and paths that lead outside are refused: packages would take up files of the machine they are built on.',
    'Remove the file.',
  ),
  'chart/dependency': entry(
    'error',
    'Dependency that cannot be had',
    'Helm refuses to render a chart whose dependencies are not in charts/.',
    'Run helm dependency build, or correct the path of a file:// dependency.',
  ),
  'chart/kubeblocks-ceiling': entry(
    'error',
    'Chart says it fits a later KubeBlocks release that refuses it',
    'The annotation lets the chart be installed where its objects are unknown, refused, or of no use.',
    'End the range of addon.kubeblocks.io/kubeblocks-version before the release named.',
  ),
  'chart/kubeblocks-floor': entry(
    'error',
    'Chart says it fits a KubeBlocks release that it does not fit',
    'The annotation lets the chart be installed where its objects are unknown, refused, or of no use.',
    'Raise the lower bound of addon.kubeblocks.io/kubeblocks-version above the release named.',
  ),
  'chart/kubeblocks-loss': entry(
    'warning',
    'Chart says it fits a KubeBlocks release that drops fields of it',
    'Fields that a release does not know are dropped without a word, and what they ask for is not done.',
    'Narrow the range of addon.kubeblocks.io/kubeblocks-version, or see that the chart works without the fields.',
  ),
  'helm/limit': entry(
    'error',
    'Helm does not come to an end',
    'A template that renders for ever, or without measure, stops everything that waits for it.',
    'Look for a range over too much, or an include that includes itself.',
  ),
}
