import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { convert } from '../../apimodel/convert/index.ts'
import { UsageFault } from '../../diagnostics/index.ts'
import { loadCrds } from '../../load/crds.ts'
import { createTree } from '../../tree/index.ts'
import { writeFolders } from '../api-model.ts'
import { createSession, type FormatOptions } from '../session.ts'

export interface SchemaImportOptions extends FormatOptions {
  readonly name: string
  readonly out: string
}

/** `addonsmith schema import`: makes an API model from the CRDs of a cluster, or of a release that addonsmith does not know. */
export async function schemaImport(path: string, options: SchemaImportOptions): Promise<number> {
  const session = createSession()
  const { context, sink, notChecked } = session
  const file = resolve(context.cwd, path)
  if (!existsSync(file)) throw new UsageFault(`${path} does not exist.`)
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(options.name) || options.name.includes('..'))
    throw new UsageFault(`--name ${options.name} is no name of a release.`, {
      fix: 'Use letters, digits, dots and dashes, for example 1.3 or our-cluster.',
    })
  const { crds, skipped } = loadCrds(file, context)
  notChecked.push(...skipped)
  if (crds.length === 0 && !sink.has('error'))
    context.report({ code: 'api/none', message: `${context.display(file)} holds no CustomResourceDefinition of KubeBlocks.` })
  if (sink.has('error')) return session.finish('schema import', options.format, ['nothing was written'])
  const files = convert([{ release: options.name, crds }])
  const tree = createTree([...files].map(([name, text]) => [name, { bytes: Buffer.from(text) }]))
  const lines = writeFolders(session, [{ subject: 'API model', kubeblocks: options.name, folder: join(options.out, options.name), tree }])
  return session.finish('schema import', options.format, lines)
}
