import { configMap, object } from '../../../support/definitions.ts'
import { type Case, cd, cmpd, MODERN, template } from './case.ts'

const reloadedBy = (map: string) =>
  object('ConfigConstraint', 'k', { reloadAction: { shellTrigger: { scriptConfig: { scriptConfigMapRef: map, namespace: 'kb-system' } } } })

export const templates: readonly Case[] = [
  {
    rule: 'template/config-map',
    what: 'none, or in another namespace',
    bad: [
      cd({ configSpecs: [template('templateRef')], scriptSpecs: [template('templateRef', { namespace: undefined })] }),
      configMap('map', {}, 'other'),
    ],
    expected: [
      'ClusterDefinition/d spec.componentDefs.0.configSpecs.0.templateRef',
      'ClusterDefinition/d spec.componentDefs.0.scriptSpecs.0.templateRef',
    ],
    good: [cd({ configSpecs: [template('templateRef')] }), configMap('map', {})],
    releases: ['0.5', '0.6', '0.7', '0.8', '0.9'],
  },
  {
    rule: 'template/config-map',
    what: 'none for a ComponentDefinition',
    bad: [cmpd({ scripts: [template('template')] })],
    expected: ['ComponentDefinition/x spec.scripts.0.template'],
    good: [cmpd({ scripts: [template('template')], configs: [{ name: 'c', externalManaged: true, volumeName: 'w' }] }), configMap('map', {})],
    releases: MODERN,
  },
  {
    rule: 'template/volume-name',
    what: 'neither volume nor environment',
    bad: [cd({ configSpecs: [template('templateRef', { volumeName: '' })] })],
    expected: ['ClusterDefinition/d spec.componentDefs.0.configSpecs.0.volumeName'],
    good: [cd({ configSpecs: [template('templateRef'), template('templateRef', { volumeName: '', asEnvFrom: ['x'] })] })],
  },
  {
    rule: 'template/constraint',
    what: 'one there is not',
    bad: [cd({ configSpecs: [template('templateRef', { constraintRef: 'k' })] })],
    expected: ['ClusterDefinition/d spec.componentDefs.0.configSpecs.0.constraintRef'],
    good: [cd({ configSpecs: [template('templateRef', { constraintRef: 'k' })] }), object('ConfigConstraint', 'k')],
  },
  {
    rule: 'template/label',
    what: 'names that are too long for one',
    bad: [cd({ configSpecs: [template('templateRef', { name: 't'.repeat(60), constraintRef: 'k'.repeat(52) })] })],
    expected: ['ClusterDefinition/d spec.componentDefs.0.configSpecs.0.name', 'ClusterDefinition/d spec.componentDefs.0.configSpecs.0.constraintRef'],
    good: [cd({ configSpecs: [template('templateRef', { name: 't'.repeat(59), constraintRef: 'k'.repeat(51) })] })],
  },
  {
    rule: 'template/blank',
    what: 'a blank key beside others',
    bad: [cmpd({ scripts: [template('template')] }), configMap('map', { a: ' \n', b: 'x' })],
    expected: ['ComponentDefinition/x spec.scripts.0.template'],
    good: [cmpd({ scripts: [template('template')] }), configMap('map', { a: '' })],
  },
  {
    rule: 'parameters/reload-script',
    what: 'a script that is a template for pods too',
    bad: [cmpd({ scripts: [template('templateRef')] }), reloadedBy('map'), configMap('map', { 'a.sh': 'a {{"{{"}} }}', 'b.sh': 'b' })],
    expected: ['ConfigConstraint/k spec.reloadAction.shellTrigger.scriptConfig.scriptConfigMapRef'],
    good: [
      cmpd({ scripts: [template('templateRef')] }),
      reloadedBy('own'),
      configMap('map', { 'a.sh': 'a {{"{{"}} }}' }),
      configMap('own', { 'a.sh': 'a {{ }}' }),
    ],
  },
  {
    rule: 'parameters/definition',
    what: 'one there is not',
    bad: [object('ParamConfigRenderer', 'p', { parametersDefs: ['q'] })],
    expected: ['ParamConfigRenderer/p spec.parametersDefs.0'],
    good: [object('ParamConfigRenderer', 'p', { parametersDefs: ['q'] }), object('ParametersDefinition', 'q')],
  },
  {
    rule: 'parameters/template',
    what: 'one the definition has not',
    bad: [object('ParamConfigRenderer', 'p', { componentDef: 'x', configs: [{ name: 'f', templateName: 'c' }] }), cmpd({ configs: [{ name: 'd' }] })],
    expected: ['ParamConfigRenderer/p spec.configs.0.templateName'],
    good: [
      object('ParamConfigRenderer', 'p', { componentDef: 'x', configs: [{ name: 'f', templateName: 'd' }, { name: 'g' }] }),
      cmpd({ configs: [{ name: 'd' }] }),
    ],
  },
  {
    rule: 'volume/unknown-mount',
    what: 'one that nothing declares',
    bad: [
      cd({
        volumeTypes: [{ name: 'data' }],
        podSpec: {
          initContainers: [{ name: 'i', volumeMounts: [{ name: 'cache' }] }],
          containers: [{ name: 'x', volumeMounts: [{ name: 'data' }, { name: 'wal' }] }],
        },
      }),
    ],
    expected: [
      'ClusterDefinition/d spec.componentDefs.0.podSpec.initContainers.0.volumeMounts.0.name',
      'ClusterDefinition/d spec.componentDefs.0.podSpec.containers.0.volumeMounts.1.name',
    ],
    good: [
      cd({
        scriptSpecs: [{ name: 's', volumeName: 'scripts' }],
        podSpec: { volumes: [{ name: 'e' }], containers: [{ name: 'x', volumeMounts: [{ name: 'e' }, { name: 'scripts' }, { name: 'tls' }] }] },
      }),
    ],
  },
  {
    rule: 'volume/duplicate',
    what: 'a template in the place of a volume',
    bad: [
      cmpd({
        runtime: { volumes: [{ name: 'v' }] },
        volumes: [{ name: 'data' }],
        configs: [
          { name: 'a', volumeName: 'v' },
          { name: 'b', volumeName: 'data' },
        ],
        scripts: [
          { name: 'c', volumeName: 'w' },
          { name: 'd', volumeName: 'w' },
        ],
      }),
    ],
    expected: [
      'ComponentDefinition/x spec.configs.0.volumeName',
      'ComponentDefinition/x spec.configs.1.volumeName',
      'ComponentDefinition/x spec.scripts.1.volumeName',
    ],
    good: [cmpd({ runtime: { volumes: [{ name: 'v' }] }, configs: [{ name: 'a', volumeName: 'w' }] })],
  },
]
