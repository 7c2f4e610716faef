/** What tells a finding from others when lines move: code, file, and the message without releases and lines. */
export function identityOf(finding: {
  readonly code: string
  readonly file: string
  readonly message: string
  readonly kubeblocks: readonly string[]
}): string {
  const { code, file, message, kubeblocks } = finding
  const releases = kubeblocks.length === 0 ? '' : `In KubeBlocks ${kubeblocks.join(', ')} `
  const words = message.startsWith(releases) ? message.slice(releases.length) : message
  return [code, file, words.replace(/:\d+(:\d+)?/g, '').replace(/\b(lines?|columns?) \d+/g, '$1')].join('\0')
}
