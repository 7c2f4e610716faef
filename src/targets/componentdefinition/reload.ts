import { type Entry, expr, map, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Config } from '../../model/addon.ts'
import { reloadScriptsName } from '../names.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { type Definition, inLine } from './definitions.ts'
import { versionedName } from './names.ts'

/** `reloadAction`: how a running engine takes up dynamic parameters (API.md 2.8, 2.9). Without one the pods restart. */
export function reloadAction(lowering: ComponentDefinitionLowering, { component, line }: Definition, { reload }: Config): Entry[] {
  if (reload === undefined) return pair('reloadAction', map(pair('autoTrigger', map())))
  switch (reload.kind) {
    case 'restart':
      return []
    case 'signal':
      if (!lowering.release.reloadsBySignal) return []
      return pair('reloadAction', map(pair('unixSignalTrigger', map(pair('processName', reload.process), pair('signal', reload.signal)))), {
        origin: reload.origin,
      })
    case 'script': {
      const { scripts } = component
      const origin = scripts?.origin ?? reload.origin
      const config = map(
        pair('scriptConfigMapRef', versionedName(lowering, inLine(reloadScriptsName(lowering.addon.name, component), line), origin)),
        pair('namespace', expr(release('Namespace'))),
      )
      const trigger = map(pair('command', seq([scalar(reload.script)])), pair('sync', true), pair('scriptConfig', config))
      return pair('reloadAction', map(pair('shellTrigger', trigger)), { origin: reload.origin })
    }
  }
}
