import type { Code, Report } from '../diagnostics/index.ts'
import { type Effect, operatorRelease, validateObjects } from '../operator/index.ts'
import type { Manifest } from '../render/index.ts'

const CODES: Readonly<Record<Effect, Code>> = { refused: 'operator/refused', fails: 'operator/fails', silent: 'operator/silent' }

/** Checks what the operator of a release demands of objects beyond their API (API.md 4). */
export function checkOperator(manifests: readonly Manifest[], kubeblocks: string, report: Report): void {
  const objects = manifests.map(({ value }) => value)
  for (const { rule, kind, name, path, message } of validateObjects(operatorRelease(kubeblocks), objects)) {
    const manifest = manifests.find((candidate) => candidate.kind === kind && candidate.name === name)
    report({
      code: CODES[rule.effect],
      message: `${kind} "${name}": ${message}`,
      kubeblocks: [kubeblocks],
      ...(manifest === undefined ? {} : { place: manifest.placeOf(path) }),
    })
  }
}
