/** Whether a tag means another image tomorrow. */
export function isFloatingTag(tag: string): boolean {
  return /^(latest|stable|edge|main|master|nightly|dev)$/i.test(tag)
}
