import type { Addon } from '../../src/generated/addon.ts'

/** The shortest addon that says something: one container with one port. */
export const SMALL: Addon = {
  apiVersion: 'addonsmith.dev/v1',
  name: 'tiny',
  version: '1.0.0',
  engine: 'tiny',
  description: 'A tiny engine.',
  images: { tiny: 'example/tiny' },
  versions: [{ version: '1.0.0', images: { tiny: '1.0.0' } }],
  components: { tiny: { containers: { tiny: { image: 'tiny', ports: { client: 1234 } } } } },
}
