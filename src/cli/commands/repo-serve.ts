import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageFault } from '../../diagnostics/index.ts'
import { serve } from '../../repository/index.ts'
import { existingFolder } from '../repositories.ts'
import { createSession } from '../session.ts'

/** `addonsmith repo serve`: until it is told to end. */
export async function repoServe(where: string, options: { readonly port: string }): Promise<number> {
  const { context } = createSession()
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN
  if (!(port <= 65535)) throw new UsageFault(`--port ${options.port} is not a port.`, { fix: 'It is a number from 0 to 65535.' })
  const folder = existingFolder(where, context)
  const channels = ['', ...readdirSync(folder).sort()].filter(
    (channel) => !channel.startsWith('.') && existsSync(join(folder, channel, 'index.yaml')),
  )
  if (channels.length === 0) throw new UsageFault(`${where} is no repository.`, { fix: 'addonsmith publish makes one.' })
  const ended = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
  const { url, close } = await serve(folder, port)
  for (const channel of channels)
    process.stdout.write(channel === '' ? `helm repo add addons ${url}\n` : `helm repo add addons-${channel} ${url}/${channel}\n`)
  process.stderr.write(`Serving ${context.display(folder)} to this machine; ^C ends it.\n`)
  await ended
  await close()
  return 0
}
