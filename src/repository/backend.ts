/** A file of a repository, and the tag of exactly these bytes (an ETag). */
export interface Stored {
  readonly bytes: Uint8Array
  readonly tag: string
}

/** What a repository can be read from. Paths are relative, with forward slashes. */
export interface Source {
  /** How people call it: the folder or URL they gave. */
  readonly shown: string
  /** A file; nothing when there is none. A file that is larger is a fault. */
  read(path: string, maxBytes: number): Promise<Stored | undefined>
  /** The paths of all files below a folder (`''`: all), sorted by code point; nothing where they cannot be listed. */
  list(folder: string): Promise<readonly string[] | undefined>
}

/**
 * Where a repository lies and is written. All that publishing asks for is the one write that object stores have as well: only if the file is as it was
 * read. Each write is whole or not at all, and is kept when the machine stops.
 */
export interface Backend extends Source {
  /** Writes a file if it still has this tag, or is absent. Tells whether it did. */
  writeIfUnchanged(path: string, bytes: Uint8Array, tag: string): Promise<boolean>
  /** Removes a file; nothing happens when there is none. */
  remove(path: string): Promise<void>
}

/** The tag of a file that is not there. */
export const ABSENT = ''
