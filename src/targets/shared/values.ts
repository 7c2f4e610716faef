import type { Image, Knob, ResolvedAddon } from '../../model/addon.ts'
import type { Value } from '../../model/chart.ts'

const text = { type: 'string', minLength: 1 }
const REPOSITORY = { type: 'string', pattern: '^[a-z0-9]+([._/-]+[a-z0-9]+)*$' }
const TAG = { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$' }

/** Label keys that the chart sets itself; commonLabels cannot have them. */
export const RESERVED_LABELS: readonly string[] = [
  'helm.sh/chart',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'clusterdefinition.kubeblocks.io/name',
  'grafana_dashboard',
]

/** The values of a chart: images, labels, and the addon's own knobs. */
export function chartValues(addon: ResolvedAddon): readonly Value[] {
  return [
    sharedImageValues(),
    {
      kind: 'group',
      name: 'images',
      description: 'Images, with a tag for each engine version where it depends on that.',
      values: addon.images.map(imageValues),
    },
    {
      kind: 'leaf',
      name: 'commonLabels',
      description: 'Labels put on every object, beside the ones of the chart.',
      default: {},
      schema: {
        type: 'object',
        properties: Object.fromEntries(RESERVED_LABELS.map((label) => [label, false])),
        additionalProperties: { type: 'string', maxLength: 63, pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$' },
      },
    },
    {
      kind: 'leaf',
      name: 'nameOverride',
      description: 'Replaces the chart name in the label app.kubernetes.io/name.',
      default: '',
      schema: { type: 'string', pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$' },
    },
    ...addon.knobs.map(knobValue),
  ]
}

/** What all images have in common. */
export function sharedImageValues(): Value {
  return {
    kind: 'group',
    name: 'image',
    description: 'Where images come from.',
    values: [
      { kind: 'leaf', name: 'registry', description: 'Registry of all images that name none of their own.', default: 'docker.io', schema: text },
      {
        kind: 'leaf',
        name: 'pullPolicy',
        description: 'When the kubelet pulls them.',
        default: 'IfNotPresent',
        schema: { type: 'string', enum: ['Always', 'IfNotPresent', 'Never'] },
      },
    ],
  }
}

export function imageValues(image: Image): Value {
  const tags: Value[] =
    image.tag === undefined
      ? [
          {
            kind: 'group',
            name: 'tags',
            description: 'Tag for each engine version.',
            values: [...image.tags].map(([version, tag]) => ({
              kind: 'leaf',
              name: version,
              description: `Tag for version ${version}.`,
              default: tag,
              schema: TAG,
            })),
          },
        ]
      : [{ kind: 'leaf', name: 'tag', description: 'Tag.', default: image.tag, schema: TAG }]
  const registry: Value[] =
    image.registry === undefined
      ? []
      : [
          {
            kind: 'leaf',
            name: 'registry',
            description: 'Registry; empty for the one of all images.',
            default: image.registry,
            schema: { type: 'string' },
          },
        ]
  return {
    kind: 'group',
    name: image.name,
    description: '',
    values: [
      ...registry,
      { kind: 'leaf', name: 'repository', description: 'Repository.', default: image.repository, schema: REPOSITORY, origin: image.origin },
      ...tags,
    ],
  }
}

export function knobValue(knob: Knob): Value {
  const { type, enum: allowed, minimum, maximum, pattern } = knob
  const schema = Object.fromEntries(Object.entries({ type, enum: allowed, minimum, maximum, pattern }).filter(([, value]) => value !== undefined))
  return { kind: 'leaf', name: knob.name, description: knob.description, default: knob.default, schema, origin: knob.origin }
}
