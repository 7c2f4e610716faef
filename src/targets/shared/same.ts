/** Whether two parts say the same, wherever they stand. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || text(a) === text(b)
}

function text(value: unknown): string | undefined {
  return JSON.stringify(value, (key, item: unknown) => (key === 'origin' ? undefined : item))
}
