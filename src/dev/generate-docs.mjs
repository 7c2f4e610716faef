/** Generated pages of docs/: path -> text. */
export async function docPages() {
  return new Map()
}
