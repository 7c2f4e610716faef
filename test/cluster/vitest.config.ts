import { defineConfig } from 'vitest/config'

/** Tests against a real API server: `npm run test:cluster`. They are no part of `npm test`. They run one after the other, since one API server is load enough. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/cluster/setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    fileParallelism: false,
    reporters: ['verbose'],
  },
})
