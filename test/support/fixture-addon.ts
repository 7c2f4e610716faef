import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Compiled, compileInMemory } from './compile-in-memory.ts'
import { ROOT } from './workspace.ts'

const FOLDER = join(ROOT, 'test/fixtures/addons')

/** Names of the fixture addons. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER).sort()

/** The descriptor of a fixture addon, and the files beside it. */
export function fixture(name: string): { readonly descriptor: string; readonly files: Readonly<Record<string, string>> } {
  const folder = join(FOLDER, name)
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
  const { 'addon.yaml': descriptor = '', ...beside } = files
  return { descriptor, files: beside }
}

/** A fixture addon compiled for one release. */
export function compileFixture(name: string, kubeblocks: string): Compiled {
  const { descriptor, files } = fixture(name)
  return compileInMemory(descriptor, files, kubeblocks)
}
