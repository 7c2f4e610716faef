/**
 * Letter cases as the Go library that kbcli uses for names of flags: github.com/stoewer/go-strcase v1.2.0, snake.go and camel.go. It knows ASCII
 * alone, and takes a digit for no letter.
 */

const isLower = (letter: string) => /^[a-z]$/.test(letter)
const isUpper = (letter: string) => /^[A-Z]$/.test(letter)
const isDelimiter = (letter: string) => /^[-_ \t\n\r]$/.test(letter)
const toLower = (letter: string) => (isUpper(letter) ? letter.toLowerCase() : letter)
const toUpper = (letter: string) => (isLower(letter) ? letter.toUpperCase() : letter)

/** `storageClassName` as `storage-class-name`. */
export function kebabCase(text: string): string {
  const letters = [...text.trim()]
  return letters
    .map((letter, index) => {
      const before = letters[index - 1] ?? ''
      const after = letters[index + 1]
      // The last letter is written whatever it is.
      if (isDelimiter(letter) && after !== undefined) return isDelimiter(before) ? '' : '-'
      const begins = isUpper(letter) && (isLower(before) || (isUpper(before) && isLower(after ?? '')))
      return `${begins ? '-' : ''}${toLower(letter)}`
    })
    .join('')
}

/** `storage-class-name` as `storageClassName`. */
export function lowerCamelCase(text: string): string {
  const letters = [...text.trim()]
  return letters
    .map((letter, index) => {
      const before = letters[index - 1] ?? ''
      if (isDelimiter(letter)) return ''
      if (isDelimiter(before)) return toUpper(letter)
      return isLower(before) ? letter : toLower(letter)
    })
    .join('')
}

/** The name that kbcli makes of that of a value, by way of a flag: the same one, or another that no template reads. */
export function nameByFlag(name: string): string {
  return lowerCamelCase(kebabCase(name))
}
