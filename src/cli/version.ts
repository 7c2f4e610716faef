import { readFileSync } from 'node:fs'
import { packageFile } from './package-root.ts'

/** Version of this tool, from its package.json. */
export const VERSION: string = String((JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { readonly version: unknown }).version)
