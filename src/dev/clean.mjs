// Removes what the tools of this project made, and nothing else: the library, and charts, packages, schemas and API models in dist/.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

for (const path of ['dist/lib', 'dist/charts', 'dist/packages', 'dist/schemas', 'dist/api'])
  rmSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), { recursive: true, force: true })
