/** An element of an XML document. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Character data directly inside. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

interface Open extends XmlElement {
  text: string
  readonly children: XmlElement[]
}

const TOKEN = /<\?xml[^>]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y

/** Reads XML strictly: elements, attributes in double quotes, text, and the entities that need no declaration. Anything else throws. */
export function readXml(source: string): XmlElement {
  const top: Open = { name: '', attributes: {}, text: '', children: [] }
  const stack: Open[] = [top]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (match === null) throw new Error(`not XML: ${source.slice(start, start + 40)}`)
    const [, close, open, attributes = '', empty, text] = match
    const parent = stack.at(-1) ?? top
    if (close !== undefined) {
      if (stack.pop()?.name !== close) throw new Error(`</${close}> closes nothing`)
    } else if (open !== undefined) {
      const element: Open = { name: open, attributes: readAttributes(attributes), text: '', children: [] }
      parent.children.push(element)
      if (empty === '') stack.push(element)
    } else if (text !== undefined) parent.text += decode(text)
  }
  const [root, ...others] = top.children
  if (root === undefined || others.length > 0 || stack.length !== 1 || top.text.trim() !== '') throw new Error('not one whole element')
  return root
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decode(value)]))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#91': '[' }

function decode(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML does not allow them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) throw new Error('a character that XML does not know')
  if (text.includes(']]>')) throw new Error(']]> in text')
  return text.replace(/&([^;]*);?/g, (_, name: string) => {
    const char = ENTITIES[name]
    if (char === undefined) throw new Error(`no entity ${name}`)
    return char
  })
}
