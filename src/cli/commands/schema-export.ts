import { join } from 'node:path'
import { loadApi } from '../../apimodel/index.ts'
import { deriveJsonSchema, schemaFileName } from '../../apimodel/json-schema.ts'
import { createTree, type TreeFile } from '../../tree/index.ts'
import { chooseModel, chooseModelReleases, writeFolders } from '../api-model.ts'
import { createSession, type FormatOptions } from '../session.ts'

export interface SchemaExportOptions extends FormatOptions {
  readonly kubeblocks: string
  readonly out: string
  readonly api?: string
  readonly exact?: boolean
}

/** `addonsmith schema export`: a JSON Schema for each kind of a release, for editors and kubeconform. */
export async function schemaExport(options: SchemaExportOptions): Promise<number> {
  const session = createSession()
  const read = chooseModel(options.api, session.context.cwd)
  const releases = chooseModelReleases(options.kubeblocks, read)
  const folders = []
  for (const kubeblocks of releases) {
    const api = await loadApi(kubeblocks, { read })
    const files: [string, TreeFile][] = []
    for (const kind of api.kinds) {
      const schema = deriveJsonSchema(api, kind, { strict: options.exact !== true })
      const apiVersion = api.apiVersionOf(kind)
      if (schema === undefined || apiVersion === undefined) continue
      files.push([schemaFileName(apiVersion, kind), { bytes: Buffer.from(`${JSON.stringify(schema, null, 1)}\n`) }])
    }
    folders.push({ subject: 'schemas', kubeblocks, folder: join(options.out, kubeblocks), tree: createTree(files) })
  }
  return session.finish('schema export', options.format, writeFolders(session, folders))
}
