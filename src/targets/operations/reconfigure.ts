import { map, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Config, ConfigFile, Parameter } from '../../model/addon.ts'
import { configTemplateName } from '../names.ts'
import { type Example, operation } from './example.ts'
import type { Subject } from './subject.ts'

/** A parameter that a running cluster can be given, with another value than its default. */
export interface ChangedParameter {
  readonly config: Config
  readonly file: ConfigFile
  readonly parameter: Parameter
  readonly value: string
}

/** Gives the main component another value of a parameter. */
export function reconfigure(subject: Subject): readonly Example[] {
  const changed = changedParameter(subject)
  if (changed === undefined) return []
  const { config, file, parameter, value } = changed
  const { addon, release } = subject.lowering
  const { component } = subject.main
  const parameters = seq([map(pair('key', parameter.name), pair('value', scalar(value)))])
  const isV1 = release.family === 'componentdefinition' && release.api === 'v1'
  const keys = seq([map(pair('key', file.name), pair('parameters', parameters))])
  const configurations = seq([map(pair('name', configTemplateName(addon.name, component, config.name)), pair('keys', keys))])
  const restarts = parameter.change === 'dynamic' ? '' : ' Its pods restart.'
  return [
    operation(subject, 'reconfigure', {
      about: [`Sets ${parameter.name} in ${file.name} of ${component.name} to ${value}.${restarts}`],
      type: 'Reconfiguring',
      // From 1.0 on parameters say by themselves which file they are in (API.md 2.9).
      spec: isV1
        ? pair('reconfigures', seq([map(pair('componentName', component.name), pair('parameters', parameters))]))
        : pair('reconfigure', map(pair('componentName', component.name), pair('configurations', configurations))),
      origin: config.origin,
    }),
  ]
}

/** The first parameter of the main component that can be changed; one whose name has no dots is preferred, since it reads best. */
export function changedParameter({ main }: Subject): ChangedParameter | undefined {
  const all = main.component.configs.flatMap((config) =>
    config.files.flatMap((file) =>
      (file.parameters ?? []).flatMap((parameter): readonly ChangedParameter[] => {
        const value = parameter.change === 'immutable' ? undefined : otherValue(parameter)
        return value === undefined || !isSimple(parameter.name) || !isSimple(value) ? [] : [{ config, file, parameter, value }]
      }),
    ),
  )
  return all.find(({ parameter }) => !parameter.name.includes('.')) ?? all[0]
}

/** Whether a text can stand in a command and in a comment as it is. */
function isSimple(text: string): boolean {
  return /^[\w.+-]+$/.test(text)
}

/** Another value that a parameter can have; nothing for texts that only the engine knows. */
function otherValue({ type, default: preset, enum: allowed, minimum, maximum }: Parameter): string | undefined {
  const other = allowed?.find((value) => value !== preset)
  if (other !== undefined) return String(other)
  if (allowed !== undefined) return undefined
  if (type === 'boolean') return String(preset !== true)
  if (type === 'string' || typeof preset !== 'number') return undefined
  if (maximum === undefined || preset + 1 <= maximum) return String(preset + 1)
  return minimum === undefined || preset - 1 >= minimum ? String(preset - 1) : undefined
}
