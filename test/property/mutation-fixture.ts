import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/workspace.ts'

const FOLDER = join(ROOT, 'test/fixtures/addons/everything')

/** A good descriptor that uses every field of the schema. */
export const RICH: string = readFileSync(join(FOLDER, 'addon.yaml'), 'utf8')

/** The files beside it. */
export const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'addon.yaml')
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(FOLDER.length + 1)
        .replaceAll('\\', '/'),
    )
    .map((path) => [path, readFileSync(join(FOLDER, path), 'utf8')]),
)
