/** Parses scripts that rules will ask for, which takes longer than all else; done while Helm renders. */
export async function readScriptsAhead(paths: Iterable<string>, read: (path: string) => string | undefined): Promise<void> {
  const { parseShell } = await import('./shell/text.ts')
  for (const path of paths) {
    const text = path.endsWith('.sh') ? read(path) : undefined
    if (text !== undefined) parseShell(text)
  }
}
