import { configMap, object } from '../../../support/definitions.ts'
import { type Case, cmpd, template } from './case.ts'

const constraint = (reloadOptions: object) => object('ConfigConstraint', 'k', { reloadOptions })
const definition = (topLevelKey: string, cue: string) => object('ParametersDefinition', 'p', { parametersSchema: { topLevelKey, cue } })
const renderer = (componentDef: string, ...configs: readonly object[]) => object('ParamConfigRenderer', 'p', { componentDef, configs })

export const parameters: readonly Case[] = [
  {
    rule: 'parameters/template',
    what: 'no file of the name, where no template is named',
    bad: [renderer('x', { name: 'g' }), cmpd({ configs: [template('template')] }), configMap('map', { f: 'a' })],
    expected: ['ParamConfigRenderer/p spec.configs.0.name'],
    good: [renderer('x', { name: 'f' }), cmpd({ configs: [template('template')] }), configMap('map', { f: 'a' })],
  },
  {
    rule: 'parameters/template',
    what: 'of a definition that is matched by a pattern',
    bad: [renderer('^x-', { name: 'f', templateName: 'c' }), cmpd({ configs: [{ name: 'd' }] }, 'x-1')],
    expected: ['ParamConfigRenderer/p spec.configs.0.templateName'],
    good: [renderer('^x-', { name: 'f', templateName: 'd' }), cmpd({ configs: [{ name: 'd' }] }, 'x-1')],
    releases: ['1.1'],
  },
  {
    rule: 'parameters/component',
    what: 'a definition there is not',
    bad: [renderer('y'), cmpd({})],
    expected: ['ParamConfigRenderer/p spec.componentDef'],
    good: [renderer('x'), cmpd({})],
  },
  {
    rule: 'parameters/component',
    what: 'a pattern, of which 1.0 knows nothing',
    bad: [renderer('^x$'), cmpd({})],
    expected: ['ParamConfigRenderer/p spec.componentDef'],
    good: [renderer('x'), cmpd({})],
    releases: ['1.0'],
  },
  {
    rule: 'parameters/renderer',
    what: 'none for a config that is managed elsewhere',
    bad: [cmpd({ configs: [{ name: 'a' }, { name: 'b', externalManaged: true }] }), renderer('y')],
    expected: ['ComponentDefinition/x spec.configs.1.externalManaged'],
    good: [cmpd({ configs: [{ name: 'b', externalManaged: true }] }), renderer('x')],
  },
  {
    rule: 'parameters/reload',
    what: 'no trigger',
    bad: [constraint({ unixSignalTrigger: null })],
    expected: ['ConfigConstraint/k spec.reloadOptions'],
    good: [object('ConfigConstraint', 'k', {})],
  },
  {
    rule: 'parameters/reload',
    what: 'a signal there is not',
    bad: [constraint({ unixSignalTrigger: { signal: 'SIGHUB' } })],
    expected: ['ConfigConstraint/k spec.reloadOptions.unixSignalTrigger.signal'],
    good: [constraint({ unixSignalTrigger: { signal: 'SIGWINCH' } })],
  },
  {
    rule: 'parameters/reload',
    what: 'a shell without a command',
    bad: [constraint({ shellTrigger: { sync: true } })],
    expected: ['ConfigConstraint/k spec.reloadOptions.shellTrigger'],
    good: [constraint({ shellTrigger: { exec: 'a', command: ['a'] } })],
  },
  {
    rule: 'parameters/reload',
    what: 'a script there is not',
    bad: [constraint({ tplScriptTrigger: { scriptConfigMapRef: 'map', namespace: 'kb-system' } })],
    expected: ['ConfigConstraint/k spec.reloadOptions.tplScriptTrigger.scriptConfigMapRef'],
    good: [constraint({ tplScriptTrigger: { scriptConfigMapRef: 'map', namespace: 'kb-system' } }), configMap('map', {})],
  },
  {
    rule: 'parameters/reload',
    what: 'by itself, which 0.7 does not know',
    bad: [constraint({ autoTrigger: {} })],
    expected: ['ConfigConstraint/k spec.reloadOptions'],
    good: [],
    releases: ['0.7'],
  },
  {
    rule: 'parameters/reload',
    what: 'an action of 0.9 without a trigger',
    bad: [object('ConfigConstraint', 'k', { reloadAction: {} })],
    expected: ['ConfigConstraint/k spec.reloadAction'],
    good: [object('ConfigConstraint', 'k', { reloadAction: { autoTrigger: {} } })],
    releases: ['0.9'],
  },
  {
    rule: 'parameters/schema',
    what: 'a name that is not in it',
    bad: [
      definition('Rich', '// #Rich: {\n#Ritch: {a: int}'),
      object('ConfigConstraint', 'k', { cfgSchemaTopLevelName: 'A', configurationSchema: { cue: '#B: {}' } }),
    ],
    expected: ['ParametersDefinition/p spec.parametersSchema.topLevelKey', 'ConfigConstraint/k spec.cfgSchemaTopLevelName'],
    good: [definition('Rich', '#Other: {}\n#Rich : {a: int}'), definition('', '#Rich: {}'), definition('Rich', '')],
  },
  {
    rule: 'parameters/schema',
    what: 'nothing that could be named',
    bad: [definition('', 'a: int')],
    expected: ['ParametersDefinition/p spec.parametersSchema.cue'],
    good: [definition('', '#A: {a: int}')],
  },
]
