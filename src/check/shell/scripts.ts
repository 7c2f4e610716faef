import { at, keysAt, textAt } from '../../objects/index.ts'
import { expand, nameOf, type ObjectPath } from '../../operator/index.ts'
import { type FileLookup, fileLookup, type ScriptFile } from '../script-calls.ts'
import { type Invocation, invocationOf, shebangShell } from './invocation.ts'
import { type Role, RUNNING_KINDS, type Run, runsOf } from './runs.ts'
import { parseShell, type ShellText } from './text.ts'
import { type Program, programOf } from './words.ts'

/** How a script comes to run: `from-script` is a file that is started as a program by another script. */
export interface Use {
  /** Undefined for a file that is a program itself and names no shell. */
  readonly shell: string | undefined
  /** A text behind `-c`; a file named to a shell; a file started as a program, by the kernel or by another script; a file that another script reads. */
  readonly how: 'text' | 'file' | 'direct' | 'from-script' | 'sourced'
  readonly role: Role
  /** The object that runs it, and the list of words it begins with. */
  readonly object: unknown
  readonly run: Run
  readonly file: ScriptFile | undefined
}

/** A text for a shell in a chart. */
export interface ScriptText {
  readonly object: unknown
  readonly path: ObjectPath
  /** The key of a ConfigMap; undefined for a text in a command. */
  readonly key: string | undefined
  readonly text: string
  /** None when nothing is seen to run it. */
  readonly uses: readonly Use[]
  /** Undefined when it cannot be read, or is not for a shell. */
  readonly shell: ShellText | undefined
  readonly programs: readonly Program[]
}

/** Kinds that can hold scripts. */
export const SCRIPT_KINDS: readonly string[] = ['ConfigMap', ...RUNNING_KINDS]

/** The texts for shells that an object holds. */
export function scriptsIn(object: unknown, objects: readonly unknown[]): readonly ScriptText[] {
  return scriptTexts(objects).filter((script) => script.object === object)
}

/** A script at the beginning of a sentence. */
export function scriptName({ key, uses }: ScriptText): string {
  return key === undefined ? `The text for ${uses[0]?.shell ?? 'a shell'}` : `"${key}"`
}

interface Building extends ScriptText {
  readonly uses: Use[]
  readonly seen: Set<string>
}

/** Finds or begins a text. The kubelet makes `$` of `$$` in commands, those of hooks apart; of files it knows nothing. */
type TextOf = (object: unknown, path: ObjectPath, key?: string, isExpanded?: boolean) => Building

const NO_VARIABLES: ReadonlyMap<string, string> = new Map()

const known = new WeakMap<readonly unknown[], readonly ScriptText[]>()

/** All texts for shells in the objects of a chart. Kept for as long as the list of objects is: several rules ask. */
export function scriptTexts(objects: readonly unknown[]): readonly ScriptText[] {
  const found = known.get(objects)
  if (found !== undefined) return found
  const made = collect(objects)
  known.set(objects, made)
  return made
}

function collect(objects: readonly unknown[]): readonly ScriptText[] {
  const all = new Map<unknown, Map<string, Building>>()
  const textOf: TextOf = (object, path, key, isExpanded) => {
    const ofObject = all.get(object) ?? new Map<string, Building>()
    all.set(object, ofObject)
    const id = path.join('\n')
    const script = ofObject.get(id) ?? building(object, path, key, isExpanded)
    ofObject.set(id, script)
    return script
  }
  for (const object of objects) {
    if (at(object, 'kind') !== 'ConfigMap') continue
    for (const key of keysAt(object, 'data'))
      if (typeof shebangShell(textAt(object, 'data', key) ?? '') === 'string') textOf(object, ['data', key], key)
  }
  for (const object of objects) for (const run of runsOf(object)) follow(object, run, objects, textOf)
  return [...all.values()].flatMap((texts) => [...texts.values()])
}

/** Notes what a run starts, and what that calls. */
function follow(object: unknown, run: Run, objects: readonly unknown[], textOf: TextOf): void {
  const lookup = fileLookup(object, run.owner, objects)
  const waiting: { readonly script: Building; readonly use: Use }[] = []
  const note = (script: Building, how: Use['how'], shell: string | undefined, file?: ScriptFile) => {
    const id = [how, shell, run.role, nameOf(object), run.owner.join('.')].join('\n')
    if (script.seen.has(id)) return
    script.seen.add(id)
    const use = { shell, how, role: run.role, object, run, file }
    script.uses.push(use)
    waiting.push({ script, use })
  }
  const noteFile = (invocation: Exclude<Invocation, { how: 'text' }>, direct: 'direct' | 'from-script') => {
    for (const file of lookup(invocation.file)) {
      const script = textOf(file.configMap, ['data', file.key], file.key)
      if (invocation.how === 'file') note(script, 'file', invocation.shell, file)
      else note(script, direct, shebangShell(script.text) ?? undefined, file)
    }
  }
  const first = invocationOf(run.words)
  if (first?.how === 'text') {
    const path = run.paths[first.index]
    if (path !== undefined) note(textOf(object, path, undefined, run.role !== 'hook'), 'text', first.shell)
  } else if (first !== undefined) noteFile(first, first.how === 'direct' && first.file === run.words[0] ? 'direct' : 'from-script')
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const program of next.script.programs) {
      if (program.name === '.' || program.name === 'source') noteSourced(program, next.use.shell, lookup, textOf, note)
      else {
        const invocation = invocationOf([program.path, ...program.args])
        if (invocation !== undefined && invocation.how !== 'text') noteFile(invocation, 'from-script')
      }
    }
  }
}

function noteSourced(
  { args }: Program,
  shell: string | undefined,
  lookup: FileLookup,
  textOf: TextOf,
  note: (script: Building, how: Use['how'], shell: string | undefined, file?: ScriptFile) => void,
): void {
  for (const file of lookup(args[0] ?? '')) note(textOf(file.configMap, ['data', file.key], file.key), 'sourced', shell, file)
}

/** What becomes of a command: references stay, for which variables there are is not asked. The last `)` bounds the search for their ends. */
function asContainersGet(command: string): string {
  if (!command.includes('$$')) return command
  const end = command.lastIndexOf(')') + 1
  return expand(command.slice(0, end), NO_VARIABLES) + command.slice(end).replaceAll('$$', () => '$')
}

/** A text that is parsed when it is first looked into. */
function building(object: unknown, path: ObjectPath, key: string | undefined, isExpanded = false): Building {
  const written = textAt(object, ...path.map(String)) ?? ''
  const text = isExpanded ? asContainersGet(written) : written
  const isOther = shebangShell(text) === undefined
  let shell: ShellText | undefined | null = isOther ? undefined : null
  let programs: readonly Program[] | undefined
  return {
    object,
    path,
    key,
    text,
    uses: [],
    seen: new Set(),
    get shell() {
      if (shell === null) shell = parseShell(text)
      return shell
    },
    get programs() {
      programs ??= this.shell?.nodes.flatMap((node) => programOf(node) ?? []) ?? []
      return programs
    },
  }
}
