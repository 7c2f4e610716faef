import { map, type Node, pair } from '../../gotemplate/index.ts'
import type { ConfigFile } from '../../model/addon.ts'

/** How a file with parameters is written, and the section of an ini file that they are in (API.md 2.7 to 2.10). */
export function fileFormat({ format, section }: ConfigFile): Node {
  return map(pair('format', format), section === undefined ? [] : pair('iniConfig', map(pair('sectionName', section))))
}
