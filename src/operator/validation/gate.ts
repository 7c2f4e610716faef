import { textAt } from '../../objects/index.ts'
import type { ValidationRule } from './rule.ts'

const ANNOTATION = 'kubeblocks.io/crd-api-version'

/** Definitions without the annotation are ignored; a Cluster whose definitions disagree about it fails. */
export const crdApiVersion: ValidationRule = {
  code: 'gate/crd-api-version',
  kinds: ['ClusterDefinition', 'ComponentDefinition', 'ComponentVersion', 'ShardingDefinition'],
  releases: ['1.0', '1.1'],
  source:
    'release-1.0:pkg/controllerutil/predicate.go ObjectAPIVersionSupported; controllers/apps/cluster/transformer_cluster_normalization.go getCRDAPIVersion',
  check(object, _objects, { version, gate }) {
    const given = textAt(object, 'metadata', 'annotations', ANNOTATION)
    if (gate === undefined || given === gate) return []
    const ignores = `KubeBlocks ${version} ignores the object, and says nothing`
    return [
      {
        path: ['metadata', 'annotations', ANNOTATION],
        message:
          given === undefined
            ? `Without the annotation ${ANNOTATION}: ${gate} ${ignores}.`
            : `The annotation ${ANNOTATION} is "${given}", not "${gate}", so ${ignores}.`,
      },
    ]
  },
}
