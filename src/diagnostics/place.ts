/** One step into a descriptor: a key of a map or an index of a list. */
export type Step = string | number

/** The way from the root of a descriptor to a value in it, for example `['versions', 0, 'version']`. */
export type Path = readonly Step[]

/** Where something stands. Lines and columns count from 1; `path` is the way inside the document, when there is one. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly path?: Path
}

/** Finds places in one source. `at` says whether the value or the key in front of it is meant. */
export type Locate = (path: Path, at?: 'key' | 'value') => Place

/** Writes a path as people say it: `components.qdrant.ports[0]`. */
export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** Writes a path as a JSON pointer (RFC 6901), for machine-read reports. */
export function jsonPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
