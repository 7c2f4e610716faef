/** The pieces that a text is split into. */
export type TokenKind =
  | 'end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly kind: TokenKind
  readonly offset: number
  /** A name, a tag, the words of a directive, a text. */
  readonly text: string
  /** Whether a scalar is written without quotes. */
  readonly plain: boolean
  readonly key: SimpleKey | undefined
}

/** A place that turns out to be a key when a `:` follows on its line. */
export interface SimpleKey {
  possible: boolean
  readonly required: boolean
  readonly token: number
  readonly offset: number
  readonly line: number
  readonly column: number
}
