// `npm run generate:api -- <folder>`: makes the API model in schemas/kubeblocks/ from the CRDs of all releases, `<folder>/<release>/*.json|yaml`.
// Releases are in the order of their versions. Equal CRDs give equal bytes.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareBuild } from 'semver'
import { parseAllDocuments } from 'yaml'
import { importSource } from './import-source.mjs'

const out = fileURLToPath(new URL('../../schemas/kubeblocks/', import.meta.url))
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: npm run generate:api -- <folder with a folder of CRDs for each release>')
  process.exit(2)
}

const { convert, isCrd, readCrd } = await importSource('src/apimodel/convert/index.ts')
const full = (release) => release.replace(/^(\d+\.\d+)(?!\.)/, '$1.0')
const releases = readdirSync(folder).sort((a, b) => compareBuild(full(a), full(b)))
const files = convert(releases.map((release) => ({ release, crds: crdsOf(join(folder, release)) })))
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
for (const [name, text] of files) writeFileSync(join(out, name), text)
console.log(`${files.size} files, ${[...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)} bytes for ${releases.join(', ')}`)

function crdsOf(path) {
  const names = readdirSync(path).filter((name) => /\.(json|ya?ml)$/.test(name))
  return names.sort().flatMap((name) =>
    parseAllDocuments(readFileSync(join(path, name), 'utf8'))
      .map((document) => document.toJS())
      .filter(isCrd)
      .map((object) => {
        const read = readCrd(object)
        if (read.problems !== undefined) throw new Error(`${join(path, name)}: ${JSON.stringify(read.problems)}`)
        return read.crd
      }),
  )
}
