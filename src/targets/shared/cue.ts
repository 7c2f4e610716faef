import type { Parameter } from '../../model/addon.ts'

interface Group {
  [name: string]: Group | Parameter
}

/** Name of the CUE definition of a config: `qdrant-config` -> `QdrantConfig`. */
export function cueDefinitionName(config: string): string {
  return config.replace(/(^|[-_.])([a-z0-9])/g, (_, _dash: string, letter: string) => letter.toUpperCase())
}

/**
 * A CUE definition of parameters, nested by the dots of their names. Fields are optional, and other fields are allowed: KubeBlocks checks
 * whole files, and changes against an empty file. It validates the field `configuration`; without it nothing would be checked.
 * Parameters in a section of an ini file are inside of its name there, and bare in the definition.
 */
export function cueSchema(config: string, parameters: readonly Parameter[], section: string | undefined): string {
  const root: Group = Object.create(null)
  for (const parameter of parameters) {
    const steps = parameter.name.split('.')
    let group = root
    for (const step of steps.slice(0, -1)) {
      const next = group[step]
      const inner: Group = next === undefined || isParameter(next) ? Object.create(null) : next
      group[step] = inner
      group = inner
    }
    group[steps.at(-1) ?? ''] = parameter
  }
  const name = cueDefinitionName(config)
  const whole = section === undefined ? `#${name} & {\n}` : `{\n\t${label(section)}?: #${name}\n\t...\n}`
  return `#${name}: {\n${fields(root, '\t')}\t...\n}\n\nconfiguration: ${whole}\n`
}

function isParameter(value: Group | Parameter): value is Parameter {
  return typeof (value as Partial<Parameter>).change === 'string'
}

function fields(group: Group, indent: string): string {
  return Object.entries(group)
    .map(([name, value]) => {
      const key = label(name)
      if (!isParameter(value)) return `${indent}${key}?: {\n${fields(value, `${indent}\t`)}${indent}\t...\n${indent}}\n`
      const unit = value.unit === undefined ? '' : ` (${value.unit})`
      return `${comment(`${value.description}${unit}`, indent)}${indent}${key}?: ${expression(value)}\n`
    })
    .join('')
}

function label(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}

function comment(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}// ${line}\n`)
    .join('')
}

/** The constraint of one parameter, such as `int & >=1 & <=64 | *8`. */
function expression({ type, minimum, maximum, enum: allowed, default: value }: Parameter): string {
  const preset = value === undefined ? '' : ` | *${JSON.stringify(value)}`
  if (allowed !== undefined) return allowed.map((item) => JSON.stringify(item)).join(' | ') + preset
  const base = { integer: 'int', number: 'number', string: 'string', boolean: 'bool' }[type]
  const bounds = [minimum === undefined ? '' : ` & >=${minimum}`, maximum === undefined ? '' : ` & <=${maximum}`]
  return base + bounds.join('') + preset
}
