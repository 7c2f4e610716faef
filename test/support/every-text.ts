import { isTame } from '../../src/gotemplate/index.ts'

/** Names what differs, so that a failure among thousands of texts can be read. */
export function differences(
  expected: readonly string[],
  actual: readonly unknown[],
): readonly { index: number; expected: string; actual: unknown }[] {
  return expected
    .flatMap((text, index) => (actual[index] === text ? [] : [{ index, expected: text, actual: actual[index] }]))
    .concat(actual.length === expected.length ? [] : [{ index: -1, expected: `${expected.length} texts`, actual: `${actual.length} texts` }])
    .slice(0, 5)
}

/** Whether UTF-8 can carry a text: it has no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}

/** Texts that stand in a literal block, for tests that must reach that way of printing. */
export function tameTexts(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text.includes('\n') && isTame(text))
}
