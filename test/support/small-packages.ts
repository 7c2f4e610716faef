import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pack } from '../../src/pack/index.ts'
import { createTree } from '../../src/tree/index.ts'

/** A chart of a few lines. */
export interface SmallChart {
  readonly name: string
  readonly version: string
  readonly kubeblocks?: string
  /** Text that makes the package another one. */
  readonly text?: string
}

/** Packs a chart of a few lines. */
export async function smallPackage({ name, version, kubeblocks = '1.0', text = '' }: SmallChart): Promise<Uint8Array> {
  const metadata = `apiVersion: v2\nname: ${JSON.stringify(name)}\nversion: ${JSON.stringify(version)}\nappVersion: "1.10"\ndescription: A chart. ${text}\nannotations:\n  addonsmith.dev/kubeblocks: "${kubeblocks}"\n`
  const template = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Release.Name }} }\ndata: { text: {{ .Values.text | quote }} }\n'
  const files = { 'Chart.yaml': metadata, 'values.yaml': `text: ${JSON.stringify(text)}\n`, 'templates/map.yaml': template }
  const { bytes } = await pack({ name, version }, createTree(Object.entries(files).map(([path, content]) => [path, { bytes: Buffer.from(content) }])))
  return bytes
}

/** Writes packages as `addonsmith package` does, with an Addon object beside each; returns their paths. */
export async function writePackages(folder: string, charts: readonly SmallChart[]): Promise<readonly string[]> {
  const paths: string[] = []
  for (const chart of charts) {
    const { name, version, kubeblocks = '1.0' } = chart
    const path = join(folder, kubeblocks, `${name}-${version}.tgz`)
    const object = join(folder, kubeblocks, 'addons', name, `${version}.yaml`)
    mkdirSync(dirname(object), { recursive: true })
    writeFileSync(path, await smallPackage(chart))
    writeFileSync(
      object,
      `apiVersion: extensions.kubeblocks.io/v1alpha1\nkind: Addon\nmetadata:\n  name: ${JSON.stringify(name)}\n  labels: { addon.kubeblocks.io/version: ${version} }\n`,
    )
    paths.push(path)
  }
  return paths
}
