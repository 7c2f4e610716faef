// Builds dist/lib: two bundles that share chunks, and the type declarations. `npm ci` runs this by `prepare`.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const library = join(root, 'dist/lib')
// Beside the old one until it is whole, so that a command that runs meanwhile does not lose its modules for long.
const out = join(root, `dist/lib-${process.pid}`)

const { metafile } = await build({
  entryPoints: { cli: join(root, 'src/cli/entry.ts'), index: join(root, 'src/index.ts') },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['jiti', 'openpgp'],
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  logLevel: 'warning',
  // Bundled CommonJS packages call require for Node's own modules.
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
})
if (process.argv.includes('--meta')) console.log(JSON.stringify(metafile))
chmodSync(join(out, 'cli.js'), 0o755)

const tsc = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'src/dev/tsconfig.declarations.json'), '--outDir', join(out, 'types')],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
if (tsc.status !== 0) {
  rmSync(out, { recursive: true, force: true })
  process.exit(tsc.status ?? 1)
}

// Declarations that are written, not compiled.
for (const name of ['skeletons.d.ts', 'validators.d.ts', 'config-validator.d.ts'])
  copyFileSync(join(root, 'src/generated', name), join(out, 'types/generated', name))

rmSync(library, { recursive: true, force: true })
renameSync(out, library)

// A package's own command is not linked in its checkout; `npx addonsmith` looks here.
const bin = join(root, 'node_modules/.bin/addonsmith')
if (process.platform !== 'win32' && existsSync(join(root, 'node_modules'))) {
  mkdirSync(dirname(bin), { recursive: true })
  rmSync(bin, { force: true })
  symlinkSync('../../dist/lib/cli.js', bin)
}
