import { compileQdrant } from '../support/compile-qdrant.ts'

/** Scripts as the chart has them, those that the compiler adds included: of the engine's container, and of jobs. */
export interface ChartScripts {
  readonly container: ReadonlyMap<string, string>
  readonly jobs: ReadonlyMap<string, string>
}

let compiled: Promise<ChartScripts> | undefined

/** The scripts of the Qdrant chart, compiled once. Jobs are as the kubelet hands them to the shell. */
export function chartScripts(): Promise<ChartScripts> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<ChartScripts> {
  const { tree } = await compileQdrant()
  const below = (folder: string): Map<string, string> =>
    new Map(
      [...tree].flatMap(([path, { bytes }]) => (path.startsWith(folder) ? [[path.slice(folder.length), Buffer.from(bytes).toString('utf8')]] : [])),
    )
  const jobs = [...below('files/backup/snapshot/')].map(([name, text]) => [name, text.replaceAll('$$', '$')] as const)
  return { container: below('files/scripts/qdrant/'), jobs: new Map(jobs) }
}
