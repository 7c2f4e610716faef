import { componentVersion, object } from '../../../support/definitions.ts'
import { type Case, cd, cmpd, pod } from './case.ts'

export const versions: readonly Case[] = [
  {
    rule: 'version/pattern',
    what: 'that does not compile',
    bad: [componentVersion('v', [[['('], ['a']]], [])],
    expected: ['ComponentVersion/v spec.compatibilityRules.0.compDefs.0'],
    good: [componentVersion('v', [[['^x'], ['a']]], [])],
  },
  {
    rule: 'version/release',
    what: 'no definition for it, and twice',
    bad: [
      cmpd({}),
      componentVersion(
        'v',
        [
          [['y'], ['a']],
          [['x'], ['b']],
        ],
        [
          ['a', '1.0.0', {}],
          ['b', '1.0.1', {}],
          ['b', '1.0.2', {}],
          ['c', '1.0.3', {}],
        ],
      ),
    ],
    expected: ['ComponentVersion/v spec.releases.2.name', 'ComponentVersion/v spec.releases.0.name', 'ComponentVersion/v spec.releases.3.name'],
    good: [cmpd({}), componentVersion('v', [[['x'], ['a']]], [['a', '1.0.0', {}]])],
  },
  {
    rule: 'version/service-version',
    what: 'not semantic',
    bad: [componentVersion('v', [], [['a', '1', {}]])],
    expected: ['ComponentVersion/v spec.releases.0.serviceVersion'],
    good: [componentVersion('v', [], [['a', '1.0.0', {}]])],
  },
  {
    rule: 'version/image-key',
    what: 'a container there is not',
    bad: [cmpd({ runtime: pod() }), componentVersion('v', [[['x'], ['a']]], [['a', '1.0.0', { x: 'i', memberLeave: 'i' }]])],
    expected: ['ComponentVersion/v spec.releases.0.images.memberLeave'],
    good: [cmpd({ runtime: pod() }), componentVersion('v', [[['x'], ['a']]], [['a', '1.0.0', { x: 'i' }]])],
  },
  {
    rule: 'version/images',
    what: 'a container without one',
    bad: [cmpd({ runtime: { containers: [{ name: 'x' }, { name: 'y' }] } }), componentVersion('v', [[['x'], ['a']]], [['a', '1.0.0', { x: 'i' }]])],
    expected: ['ComponentDefinition/x spec.runtime'],
    good: [cmpd({ runtime: pod() }), componentVersion('v', [[['x'], ['a']]], [['a', '1.0.0', { x: 'i' }]])],
  },
  {
    rule: 'version/images',
    what: 'but not of a version that is refused itself',
    bad: [
      cmpd({ runtime: pod() }),
      componentVersion(
        'v',
        [[['x'], ['a', 'b']]],
        [
          ['a', '20241115-latest', {}],
          ['b', '1.0.0', {}],
        ],
      ),
    ],
    expected: ['ComponentDefinition/x spec.runtime'],
    good: [cmpd({ runtime: pod() }), componentVersion('v', [[['x'], ['a']]], [['a', '20241115-latest', {}]])],
  },
  {
    rule: 'version/none',
    what: 'no version at all',
    bad: [cmpd({})],
    expected: ['ComponentDefinition/x spec.serviceVersion'],
    good: [cmpd({ serviceVersion: '1.0.0' })],
  },
  {
    rule: 'version/mixed',
    what: 'one version for two definitions',
    bad: [
      cmpd({ runtime: pod() }, 'x-a'),
      cmpd({ runtime: pod() }, 'x-b'),
      componentVersion(
        'v',
        [
          [['x-a'], ['a']],
          [['x-b'], ['b']],
        ],
        [
          ['a', '1.0.0', { x: 'of a' }],
          ['b', '1.0.0', { x: 'of b' }],
        ],
      ),
    ],
    expected: ['ComponentDefinition/x-a metadata.name'],
    good: [
      cmpd({ runtime: pod() }, 'x-a'),
      cmpd({ runtime: { containers: [{ name: 'y' }] } }, 'x-b'),
      componentVersion(
        'v',
        [
          [['x-a'], ['a']],
          [['x-b'], ['b']],
        ],
        [
          ['a', '1.0.0', { x: 'of a' }],
          ['b', '1.0.0', { y: 'of b' }],
        ],
      ),
    ],
  },
  {
    rule: 'version/cluster-version',
    what: 'a component there is not, and one without containers',
    bad: [
      cd({ podSpec: {} }),
      object('ClusterVersion', 'v', {
        clusterDefinitionRef: 'd',
        componentVersions: [{ componentDefRef: 'y', versionsContext: { containers: [{ name: 'y' }] } }],
      }),
    ],
    expected: ['ClusterVersion/v spec.componentVersions.0.componentDefRef', 'ClusterVersion/v spec.componentVersions'],
    good: [
      cd({ podSpec: {} }),
      object('ClusterVersion', 'v', {
        clusterDefinitionRef: 'd',
        componentVersions: [{ componentDefRef: 'x', versionsContext: { containers: [{ name: 'x' }] } }],
      }),
    ],
  },
  {
    rule: 'version/cluster-version',
    what: 'no definition',
    bad: [object('ClusterVersion', 'v', { clusterDefinitionRef: 'e' })],
    expected: ['ClusterVersion/v spec.clusterDefinitionRef'],
    good: [],
  },
]
