import { yamlString } from '../gotemplate/index.ts'

/**
 * Plain data as YAML that Helm (1.1) and everybody else (1.2) read alike: texts that are not plainly texts are double-quoted with escapes.
 * Used for Chart.yaml and values.yaml, which Helm does not template.
 */
export function dataYaml(value: unknown, indent = 0): string {
  const pad = ' '.repeat(indent)
  if (Array.isArray(value)) {
    return value.map((item) => `${pad}- ${isCollection(item) ? dataYaml(item, indent + 2).slice(indent + 2) : `${dataScalar(item)}\n`}`).join('')
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, item]) => `${pad}${yamlString(key)}:${isCollection(item) ? `\n${dataYaml(item, indent + 2)}` : ` ${dataScalar(item)}\n`}`)
      .join('')
  }
  return `${pad}${dataScalar(value)}\n`
}

/** A list or map with something in it. */
function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

/** A value on one line. */
export function dataScalar(value: unknown): string {
  if (typeof value === 'string') return yamlString(value)
  if (Array.isArray(value)) return '[]'
  if (typeof value === 'object' && value !== null) return '{}'
  return String(value)
}
