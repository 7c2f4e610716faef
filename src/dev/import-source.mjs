// Loads TypeScript modules of src/ into a process of a development command.
import { rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = new URL('../../', import.meta.url)

/** Loads a TypeScript module of src/ into this process, by a bundle in the package cache, where packages resolve. Commands are not loaded. */
export async function importSource(path) {
  const outfile = fileURLToPath(new URL(`node_modules/.cache/addonsmith/${path.replace(/\W/g, '-')}-${process.pid}.mjs`, root))
  await build({
    entryPoints: [fileURLToPath(new URL(path, root))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    external: ['./commands/*'],
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}
