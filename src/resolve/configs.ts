import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Config, EnvVar, Reload } from '../model/addon.ts'
import { resolveEnv } from './env.ts'
import type { EnvScope } from './env-scope.ts'
import { POD_FACTS } from './facts.ts'
import { checkConfigMap, readTextFile } from './files.ts'
import { checkSection } from './ini-section.ts'
import { readParameters } from './parameters.ts'
import { entriesOf, exactlyOne, type Scope } from './scope.ts'
import { checkTemplates, isOperatorObject } from './template.ts'

type ConfigDescriptor = NonNullable<ComponentDescriptor['configs']>[string]

/** The configs of a component, with their files read. */
export function resolveConfigs(
  scope: Scope,
  { configs }: ComponentDescriptor,
  path: Path,
  declared: EnvScope & { readonly scripts: readonly string[] },
): readonly Config[] {
  return entriesOf(configs, [...path, 'configs']).map(({ name, value, origin }) => {
    const files = resolveFiles(scope, value, origin)
    checkReload(scope, value, origin)
    checkConfigMap(scope, `the config "${name}"`, files)
    const isTemplate = value.template ?? false
    const vars = resolveVars(scope, value, origin, declared)
    if (isTemplate) checkTemplates(scope, files, vars)
    return { name, isTemplate, vars, reload: resolveReload(scope, value, origin, declared.scripts), files, origin }
  })
}

function resolveFiles(scope: Scope, config: ConfigDescriptor, origin: Path): Config['files'] {
  return entriesOf(config.files, [...origin, 'files']).flatMap(({ name, value, origin }) => {
    const file = typeof value === 'string' ? { path: value } : value
    const at: Path = typeof value === 'string' ? origin : [...origin, 'path']
    const read = readTextFile(scope, file.path, name, at)
    const parameters = file.parameters === undefined ? undefined : readParameters(scope, file.parameters, [...origin, 'parameters'])
    if (file.parameters !== undefined && file.format === undefined)
      scope.problem('schema/missing-field', origin, `The file "${name}" has parameters, and no format.`, {
        at: 'key',
        hint: 'add format: yaml, ini, ...',
      })
    if (read === undefined) return []
    const resolved = { ...read, format: file.format, parameters, section: file.section }
    checkSection(scope, resolved, origin, config.template ?? false)
    return [resolved]
  })
}

/** Without parameters no release tells the engine of anything. */
function checkReload(scope: Scope, { files, reload }: ConfigDescriptor, path: Path): void {
  if (reload === undefined || Object.values(files).some((file) => typeof file !== 'string' && file.parameters !== undefined)) return
  scope.problem('addon/unused', [...path, 'reload'], 'Reloads are for changed parameters, and no file of this config has any.', {
    at: 'key',
    hint: 'add parameters to a file, or remove reload',
  })
}

/** What templates may use. A file is the same for all pods, and no Secret can be read while it is made. */
function resolveVars(scope: Scope, config: ConfigDescriptor, origin: Path, declared: EnvScope): readonly EnvVar[] {
  const path: Path = [...origin, 'vars']
  if (config.vars !== undefined && config.template !== true)
    scope.problem('addon/exactly-one', path, 'Only templates use vars, and the files of this config are none.', {
      at: 'key',
      hint: 'add template: true, or remove vars',
    })
  const vars = resolveEnv(scope, config.vars, path, declared)
  for (const { name, value, origin } of vars) {
    if (isOperatorObject(name))
      scope.problem('addon/reserved-name', origin, `Templates of old generations have an object "${name}" of KubeBlocks' own.`, { at: 'key' })
    const wrong =
      value.kind === 'fact' && POD_FACTS.includes(value.fact)
        ? `${value.fact} differs from pod to pod, and the file is the same for all`
        : value.kind === 'secret' || value.kind === 'account' || value.kind === 'reference'
          ? 'a template cannot read a Secret or a reference'
          : value.kind === 'composed'
            ? 'a template puts its texts together itself'
            : undefined
    if (wrong !== undefined) scope.problem('addon/template', origin, `The variable ${name} cannot stand in a template: ${wrong}.`)
  }
  return vars
}

function resolveReload(scope: Scope, { reload }: ConfigDescriptor, path: Path, scripts: readonly string[]): Reload | undefined {
  if (reload === undefined) return undefined
  const origin: Path = [...path, 'reload']
  const kind = exactlyOne(scope, reload, ['signal', 'script', 'restart'], origin)
  if (kind === 'signal' && reload.signal !== undefined) return { kind, ...reload.signal, origin }
  if (kind === 'script' && reload.script !== undefined) {
    scope.isDeclared('script', reload.script, scripts, [...origin, 'script'])
    return { kind, script: reload.script, origin }
  }
  return kind === 'restart' ? { kind, origin } : undefined
}
