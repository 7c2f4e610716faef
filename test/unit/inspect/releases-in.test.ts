import { expect, test } from 'vitest'
import { loadApis } from '../../../src/apimodel/index.ts'
import { releasesIn } from '../../../src/inspect/releases-in.ts'
import { readModel } from '../../support/api-model.ts'

const apis = await loadApis(readModel)
const inRange = (range: string) => releasesIn(range, apis).map(({ release }) => release)
const NEW = ['1.0', '1.1', '1.2-alpha']

test.each([
  ['>=0.9.0', ['0.9', ...NEW]],
  ['>=1.0.0, <1.2.0', ['1.0', '1.1']],
  ['>=1.0.0 <1.2.0', ['1.0', '1.1']],
  ['>=1.0.0, <1.3.0-0', NEW],
  // The operator adds -0 to the whole, which has a - already.
  ['>=1.0.0 <1.3.0-0', ['1.0', '1.1']],
  // And here to the last comparator alone, so that the first lets no pre-release in.
  ['>=1.0.0 <1.3.0', ['1.0', '1.1']],
  ['>= 1.1', ['1.1', '1.2-alpha']],
  ['>=1.2.0', ['1.2-alpha']],
  ['>1.0.2', NEW],
  ['~1.2.0', []],
  ['>=1.2.0-alpha.0, <1.3.0-0', ['1.2-alpha']],
  ['<0.6.0 || >=1.1.0', ['0.5', '1.1', '1.2-alpha']],
  ['>=1.1.0 || <0.6.0', ['0.5', '1.1']],
  ['>=0.7.0-0', ['0.7', '0.8', '0.9', ...NEW]],
  // Bounds inside a minor.
  ['1.0.2', ['1.0']],
  ['>=1.0.0 <1.0.5', ['1.0']],
  ['0.8.0 - 1.0.1', ['0.8', '0.9', '1.0']],
  ['>=0.9.0 <=1.0.0', ['0.9', '1.0']],
  ['>=0.9.0, <1.0.0-0', ['0.9']],
  ['nonsense', []],
])('%s lets in %j', (range, releases) => expect(inRange(range)).toEqual(releases))
