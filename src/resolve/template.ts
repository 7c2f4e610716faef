import { didYouMean, type Place, suggest } from '../diagnostics/index.ts'
import { lexActions, templateErrors } from '../gotemplate/index.ts'
import type { EnvVar, TextFile } from '../model/addon.ts'
// Not through the operator's index: a build without Helm need not load all of it.
import { TEMPLATE_FUNCTIONS } from '../operator/template-functions.ts'
import { TEMPLATE_WORDS } from '../operator/templates.ts'
import { placeIn } from './files.ts'
import type { Scope } from './scope.ts'

/** Functions of KubeBlocks' own that 1.x does not have where it renders configs by default, with what to use instead (API.md 5.4). */
const OWN_FUNCTIONS: Readonly<Record<string, string>> = {
  getVolumePathByName: 'write the mount path',
  getPVCByName: 'write the size as a knob',
  getEnvByName: 'give vars the value of the variable',
  getArgByName: 'write the argument',
  getPortByName: 'give vars the fact servicePort',
  getContainerByName: 'write what the container has',
  getContainerCPU: 'let a start script work it out from the limits of its container',
  getContainerMemory: 'let a start script work it out from the limits of its container',
  getContainerRequestMemory: 'let a start script work it out from the limits of its container',
  callBufferSizeByResource: 'let a start script work it out from the limits of its container',
  getComponentPVCSizeByName: 'write the size as a knob',
  getPVCSize: 'write the size as a knob',
  getCAFile: 'write the file of tls',
  getCertFile: 'write the file of tls',
  getKeyFile: 'write the file of tls',
  failed: 'use the function fail of sprig',
  import: 'write the template where it is used',
  call: 'write the template where it is used',
  regexStringSubmatch: 'use the function regexFind of sprig',
  fromYaml: 'give vars the single values',
  fromYamlArray: 'give vars the single values',
}

/** Objects that only old generations give to templates, with what to use instead. */
const OWN_OBJECTS: Readonly<Record<string, string>> = {
  cluster: 'give vars the facts clusterName, clusterUID and namespace',
  component: 'give vars the facts componentName and replicas',
  podSpec: 'give vars the single values',
  version: 'give vars the fact serviceVersion',
  componentResource: 'let a start script work it out from the limits of its container',
  clusterDomain: 'leave the cluster domain out of names',
  dynamicCompInfos: 'give vars facts of the other component',
}

/** Whether KubeBlocks itself gives templates something of a name, in one generation or another. */
export function isOperatorObject(name: string): boolean {
  return Object.hasOwn(OWN_OBJECTS, name)
}

/** Something a template refers to. `root` is a field of the data, `function` a word that is called. */
interface Use {
  readonly kind: 'root' | 'function'
  readonly name: string
  readonly offset: number
}

/** Reports template variables that are not declared, variables that no template uses, and what only some generations have. */
export function checkTemplates(scope: Scope, files: readonly TextFile[], vars: readonly EnvVar[]): void {
  const names = vars.map(({ name }) => name)
  const used = new Set<string>()
  for (const file of files) {
    const at = (offset: number): Place => placeIn(scope.folder.display(file.path), file.text, offset)
    const related = [{ place: scope.source.locate(file.origin), message: 'used here' }]
    for (const { offset, message, hint } of templateErrors(file.text))
      scope.report({ code: 'addon/template', message, place: at(offset), hint, related })
    for (const { kind, name, offset } of usesOf(file.text)) {
      const instead = kind === 'function' ? own(OWN_FUNCTIONS, name) : names.includes(name) ? undefined : own(OWN_OBJECTS, name)
      if (kind === 'root') used.add(name)
      if (instead !== undefined)
        scope.report({
          code: 'addon/template-generation',
          message: `KubeBlocks 1.x has no ${kind === 'function' ? `function ${name}` : `.${name}`} in templates; old generations have.`,
          place: at(offset),
          hint: instead,
          related,
        })
      else if (kind === 'root' && !names.includes(name))
        scope.report({
          code: 'addon/template',
          message: `The template uses .${name}, which is not among the vars of its config.`,
          place: at(offset),
          hint: suggest(name, names),
          related,
        })
      else if (kind === 'function' && !TEMPLATE_FUNCTIONS.has(name))
        scope.report({
          code: 'addon/template',
          message: `No release of KubeBlocks has a function ${name} in templates.`,
          place: at(offset),
          hint: insteadOf(name),
          related,
        })
    }
  }
  for (const { name, origin } of vars)
    if (!used.has(name))
      scope.problem('addon/unused', origin, `No template uses the variable ${name}.`, { at: 'key', hint: `use it by {{ .${name} }}` })
}

/** Templates of configs have the functions of Go and of sprig; what Helm adds to them, they lack. */
function insteadOf(name: string): string {
  const near = didYouMean(name, TEMPLATE_FUNCTIONS)
  if (near !== undefined) return `did you mean "${near}"?`
  return 'use a function of Go templates or of sprig, or give vars the value and write {{ .NAME }}'
}

function own(map: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

/** What the actions of a template refer to. Inside range, with and define a dot is something else, and only `$` is the data (in define not even that). */
function usesOf(text: string): readonly Use[] {
  const uses: Use[] = []
  const blocks: ('if' | 'dot' | 'define')[] = []
  for (const { code, offset } of lexActions(text)) {
    if (code === undefined || code.startsWith('/*')) continue
    const keyword = /^(if|range|with|block|define|end|else)\b/.exec(code)?.[1]
    if (keyword === 'end') blocks.pop()
    const start = offset + text.slice(offset).indexOf(code)
    const isData = { dot: !blocks.includes('dot') && !blocks.includes('define'), dollar: !blocks.includes('define') }
    uses.push(...usesIn(code, start, isData))
    if (keyword === 'if') blocks.push('if')
    else if (keyword === 'range' || keyword === 'with') blocks.push('dot')
    else if (keyword === 'block' || keyword === 'define') blocks.push('define')
  }
  return uses
}

const TOKENS = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\d[\w.]*|(\$)?((?:\.[A-Za-z_]\w*)+)|\$\w*|([A-Za-z_]\w*)|[^\s]/g

function usesIn(code: string, start: number, isData: { readonly dot: boolean; readonly dollar: boolean }): readonly Use[] {
  const uses: Use[] = []
  let before = ''
  for (const match of code.matchAll(TOKENS)) {
    const [token, dollar, chain, word] = match
    // A field behind a variable or a parenthesis belongs to that value.
    const isChained = chain !== undefined && dollar === undefined && match.index > 0 && /[\w)\]]/.test(code[match.index - 1] ?? '')
    if (chain !== undefined && !isChained && (dollar === undefined ? isData.dot : isData.dollar))
      uses.push({ kind: 'root', name: chain.split('.')[1] ?? '', offset: start + match.index })
    if (word !== undefined && before !== '$' && !TEMPLATE_WORDS.has(word)) uses.push({ kind: 'function', name: word, offset: start + match.index })
    before = token
  }
  return uses
}
