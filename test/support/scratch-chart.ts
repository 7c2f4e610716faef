import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'
import { helmPath, renderedObjects, runHelm } from './helm.ts'

/** A file by its path and content. */
export type Files = Iterable<readonly [string, string | Uint8Array]>

/** A folder with files, removed when the test ends. */
export function folderOf(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'addonsmith-chart-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** Skips a test visibly when there is no Helm of the version, unless CI_STRICT=1, which makes it fail. */
export function needHelm(context: TestContext, major: 3 | 4): void {
  if (helmPath(major) === '' && process.env.CI_STRICT !== '1') context.skip(`there is no Helm ${major} on this machine`)
}

/** Chart.yaml of a chart that nothing is known about. */
export function chartYaml(name: string): readonly [string, string] {
  return ['Chart.yaml', `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`]
}

/** The objects a chart folder renders to, with values given as data. */
export function template(major: 3 | 4, folder: string, values?: object): readonly unknown[] {
  return renderedObjects(templateText(major, folder, values))
}

/** What `helm template` prints for a chart folder. */
export function templateText(major: 3 | 4, folder: string, values?: object): string {
  const args = ['template', 'release-name', folder, '--namespace', 'kb-system']
  return values === undefined ? runHelm(major, args) : runHelm(major, [...args, '--values', '-'], JSON.stringify(values))
}

/**
 * What Go reads from printed templates: each is rendered by Helm, read by Go's YAML reader, and comes back as data.
 * `helm template` itself prints the rendered text without reading it.
 */
export function readByGo(major: 3 | 4, printed: readonly string[], files: Files = []): readonly unknown[] {
  const folder = folderOf([
    chartYaml('scratch'),
    ...printed.map((text, index) => [`templates/_${index}.tpl`, `{{ define "scratch.${index}" }}\n${text}{{ end }}`] as const),
    // In base64, since JSON holds characters that YAML refuses.
    ['templates/out.yaml', printed.map((_, index) => `---\nread: {{ include "scratch.${index}" . | fromYaml | toJson | b64enc }}\n`).join('')],
    ...files,
  ])
  return decoded(templateText(major, folder))
}

/** The data of lines `read: BASE64`. */
export function decoded(output: string): readonly unknown[] {
  return [...output.matchAll(/^read: (.*)$/gm)].map(([, text = '']) => JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as unknown)
}
