import { canFetch, fetchHelm, findHelm, HELM_4, howToGetHelm, openHelm } from '../../helm/index.ts'
import { releases } from '../../targets/index.ts'
import { createSession } from '../session.ts'
import { VERSION } from '../version.ts'

/** `addonsmith doctor`: what is there, what is missing, how to get it. Exit code 1 when something is missing. */
export async function doctor(options: { readonly fetchHelm?: boolean; readonly helm?: string }): Promise<number> {
  const { context } = createSession()
  const rows: string[] = []
  const row = (ok: boolean, name: string, text: string) => rows.push(`${ok ? 'ok     ' : 'missing'} ${name.padEnd(11)} ${text}`)
  let complete = true
  row(true, 'addonsmith', VERSION)
  row(isSupportedNode(process.versions.node), 'node', `${process.versions.node} on ${process.platform} ${process.arch} (20.19 or later is needed)`)
  complete &&= isSupportedNode(process.versions.node)
  if (options.fetchHelm === true && findHelm(options.helm, context.env) === undefined && canFetch()) await fetchHelm(HELM_4, context.env)
  const found = findHelm(options.helm, context.env)
  if (found === undefined) {
    row(false, 'helm', howToGetHelm())
    complete = false
  } else {
    const helm = await openHelm(found, context)
    const { number, supported } = await helm.version.finally(helm.close)
    row(true, 'helm', `${number} at ${found.path} (${found.source})${supported ? '' : ', not a tested version'}`)
  }
  row(true, 'kubeblocks', `charts can be made for ${releases.map(({ version }) => version).join(', ')}`)
  for (const text of rows) process.stdout.write(`${text}\n`)
  return complete ? 0 : 1
}

function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}
