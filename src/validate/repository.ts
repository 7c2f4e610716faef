/** Why packages cannot be found at a URL, and what to write instead. */
export interface RepositoryProblem {
  /** Goes on after the name of the field or option. */
  readonly message: string
  readonly hint: string
}

const FORMS = 'write https://HOST/FOLDER, http://HOST/FOLDER or oci://REGISTRY/FOLDER'

/**
 * What is wrong with the URL of a repository, if anything. Packages are found below it, so it names a folder; it is written into Addon objects, which
 * everybody reads, and from there into the environment of a Job that runs Helm (API.md 6.1).
 */
export function repositoryProblem(text: string): RepositoryProblem | undefined {
  // What it says is not repeated: it is a secret.
  if (text.includes('@')) return { message: 'has a user or password, which everybody could read in the Addon object.', hint: 'leave it out' }
  if (text.startsWith('file:'))
    return {
      message: 'is a file:// location, at which the operator finds charts only in an image that spec.helm.chartsImage names; no such image is made.',
      hint: FORMS,
    }
  const [, scheme, authority = '', path = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s.exec(text) ?? []
  if (scheme === undefined) return { message: `is ${JSON.stringify(text)}, which is not a URL.`, hint: FORMS }
  if (!['http', 'https', 'oci'].includes(scheme))
    return { message: `has the scheme ${scheme}, which Helm in the operator does not know.`, hint: FORMS }
  if (/[?#]/.test(path))
    return { message: `is ${JSON.stringify(text)}: the name of a package cannot follow a query.`, hint: 'leave out what follows ? or #' }
  if (/\.tgz$/.test(path))
    return { message: `is ${JSON.stringify(text)}, which is a package.`, hint: 'write the folder: releases and packages follow it' }
  if (!/^[A-Za-z0-9.-]+(:\d+)?$/.test(authority) || !/^(\/[A-Za-z0-9._~%-]+)*\/?$/.test(path))
    return { message: `is ${JSON.stringify(text)}, which is not the URL of a folder.`, hint: FORMS }
  if (scheme === 'oci' && !/^(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*\/?$/.test(path))
    return {
      message: `is ${JSON.stringify(text)}, which no registry takes.`,
      hint: 'lower-case letters, digits, and single dots and underscores or dashes between them',
    }
  return undefined
}
