/** A name beside the index, which is what nearly every URL is. */
const PLAIN = /^\w[\w.+-]*$/

/** What is wrong with where an entry says its package is; nothing when it is inside the repository, or below one of the URLs that are allowed. */
export function urlProblem(url: string, allowed: readonly string[]): 'foreign' | 'unsafe' | undefined {
  if (PLAIN.test(url)) return undefined
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url)) return allowed.some((prefix) => isBelow(url, prefix)) ? undefined : 'foreign'
  return localPath(url) === undefined ? 'unsafe' : undefined
}

/** The path in the repository that a relative URL means; nothing when it leads out of it. */
export function localPath(url: string): string | undefined {
  if (PLAIN.test(url)) return url
  let path: string
  try {
    path = decodeURIComponent(url)
  } catch {
    return undefined
  }
  if (path.startsWith('./')) path = path.slice(2)
  const isSafe = path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !step.startsWith('.addonsmith'))
  return isSafe && !/[\\?#\p{Cc}]/u.test(path) && !/^[A-Za-z]:/.test(path) ? path : undefined
}

/** Whether a URL is on the server, and below the path, of another. Compared as parsed, so that `https://good.example@evil.example/` is not taken. */
function isBelow(url: string, prefix: string): boolean {
  try {
    const [one, other] = [new URL(url), new URL(prefix)]
    const folder = other.pathname.endsWith('/') ? other.pathname : `${other.pathname}/`
    return one.origin === other.origin && one.protocol === other.protocol && one.host === other.host && `${one.pathname}/`.startsWith(folder)
  } catch {
    return false
  }
}
