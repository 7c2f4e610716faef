import { join } from 'node:path'
import { test } from 'vitest'
import { sha256 } from '../../src/tree/index.ts'
import { compileQdrant } from '../support/compile-qdrant.ts'
import { matchGolden } from '../support/golden.ts'
import { ROOT } from '../support/workspace.ts'

test('the Qdrant chart for KubeBlocks 0.6', async () => {
  const { tree } = await compileQdrant()
  // Copied files stand as digests: they are reviewed where they lie.
  const parts = [...tree].map(([path, { bytes }]) =>
    path.startsWith('files/') && !path.endsWith('.cue')
      ? `=== ${path} sha256 ${sha256(bytes)}\n`
      : `=== ${path}\n${Buffer.from(bytes).toString('utf8')}`,
  )
  matchGolden(join(ROOT, 'test/golden/qdrant/0.6.txt'), parts.join('\n'))
})
