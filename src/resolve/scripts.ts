import { suggest } from '../diagnostics/index.ts'
import type { TextFile } from '../model/addon.ts'
import { FACTS_SCRIPT, sourcedScripts } from '../model/sourced.ts'
import { placeIn } from './files.ts'
import type { Scope } from './scope.ts'

/** Reports scripts that read in a script that is not beside them, where `sh` ends. */
export function checkSourced(scope: Scope, files: readonly TextFile[]): void {
  const names = [...files.map(({ name }) => name), FACTS_SCRIPT]
  for (const { path, text, origin } of files) {
    for (const { name, offset } of sourcedScripts(text)) {
      if (names.includes(name)) continue
      scope.report({
        code: 'addon/reference',
        message: `The script sources "${name}", which is not among the scripts of its component; sh ends there.`,
        place: placeIn(scope.folder.display(path), text, offset),
        hint: suggest(name, names),
        related: [{ place: scope.source.locate(origin), message: 'used here' }],
      })
    }
  }
}
