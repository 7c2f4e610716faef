import type { Path } from '../diagnostics/index.ts'
import type { ConfigFile } from '../model/addon.ts'
import type { Scope } from './scope.ts'

/** The header of a section of an ini file. */
const HEADER = /^[ \t]*\[([^\]\n]+)\]/gm

/**
 * Checks where the parameters of a file are. KubeBlocks looks for them outside of sections unless one is named, and names do not tell
 * the case of letters apart. release-1.0:pkg/configuration/core/config.go WithFormatterConfig. What templates become is not known.
 */
export function checkSection(scope: Scope, { name, format, section, parameters, text }: ConfigFile, origin: Path, isTemplate: boolean): void {
  if (section !== undefined && (format !== 'ini' || parameters === undefined)) {
    const why = format === 'ini' ? 'has no parameters' : 'is no ini file'
    scope.problem('addon/unused', [...origin, 'section'], `The file "${name}" ${why}, so nothing uses the section.`, {
      at: 'key',
      hint: format === 'ini' ? 'add parameters, or remove section' : 'add format: ini, or remove section',
    })
    return
  }
  if (format !== 'ini' || parameters === undefined || isTemplate) return
  const headers = [...text.matchAll(HEADER)]
  const sections = headers.map(([, header = '']) => header.trim())
  if (section !== undefined) {
    const wanted = section.toLowerCase()
    if (!sections.some((found) => found.toLowerCase() === wanted))
      scope.isDeclared('section', section, sections, [...origin, 'section'], `in "${name}"`)
    return
  }
  const [first] = headers
  const outside = text.slice(0, first?.index)
  const lost = parameters.find((parameter) => !parameter.name.includes('.') && !isSetIn(outside, parameter.name))
  if (first === undefined || lost === undefined) return
  scope.problem('addon/parameter', origin, `The file "${name}" has sections, and the parameter "${lost.name}" is in none of them.`, {
    at: 'key',
    hint: `add section: ${sections[0]}, or write SECTION.${lost.name}`,
  })
}

function isSetIn(text: string, name: string): boolean {
  return text.split('\n').some((line) => (line.split(/[=:]/)[0] ?? '').trim().toLowerCase() === name.toLowerCase())
}
