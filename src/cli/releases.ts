import { didYouMean, UsageFault } from '../diagnostics/index.ts'
import type { Release } from '../targets/release.ts'
// Not all of the targets: commands that make no charts need their names alone.
import { releases } from '../targets/releases.ts'

/** The releases named on the command line. */
export function chooseReleases(text: string): readonly Release[] {
  const names = releases.map(({ version }) => version)
  if (text === 'all') return releases
  return text.split(',').map((name) => {
    const release = releases.find(({ version }) => version === name.trim())
    if (release === undefined) {
      const near = nearRelease(name.trim(), names)
      throw new UsageFault(`--kubeblocks ${name}: there is no such release.`, {
        fix: `${near === undefined ? '' : `Did you mean ${near}? `}Charts can be made for ${names.join(', ')}, or all of them.`,
      })
    }
    return release
  })
}

/** The release that a version such as v1.0 or 0.9.3 belongs to. */
function nearRelease(name: string, names: readonly string[]): string | undefined {
  const minor = /^v?(\d+\.\d+)(?![\d])/i.exec(name)?.[1]
  return minor === undefined ? didYouMean(name, names) : names.find((release) => release === minor || release.startsWith(`${minor}-`))
}
