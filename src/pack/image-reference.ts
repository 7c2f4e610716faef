/** The parts of a reference to an image, as container engines read it. */
export interface ImageReference {
  readonly registry: string
  /** `library/redis` for what is called `redis` on Docker Hub. */
  readonly repository: string
  readonly tag: string | undefined
  /** `sha256:...`. */
  readonly digest: string | undefined
}

const DOCKER_HUB = 'docker.io'

/** Reads a reference; nothing when it is none. github.com/distribution/reference: normalize.go splitDockerDomain, regexp.go. */
export function parseImage(text: string): ImageReference | undefined {
  const parts = /^([^@\s]+?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/.exec(text)
  const name = parts?.[1]
  if (name === undefined) return undefined
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const isRegistry = /[.:]/.test(first) || first === 'localhost'
  const registry = isRegistry && first !== 'index.docker.io' ? first : DOCKER_HUB
  const rest = isRegistry ? name.slice(slash + 1) : name
  if (!/^[a-z0-9]+((\.|_|__|-+|\/)[a-z0-9]+)*$/.test(rest)) return undefined
  const repository = registry === DOCKER_HUB && !rest.includes('/') ? `library/${rest}` : rest
  return { registry, repository, tag: parts?.[2], digest: parts?.[3] }
}

/** The last step of the repository, by which people know an image. */
export function imageName(text: string): string {
  return parseImage(text)?.repository.split('/').at(-1) ?? text
}

/**
 * The package URL of an image. Type `oci` demands a digest; what has a tag alone is of type `docker`, whose version may be a tag.
 * github.com/package-url/purl-spec: types-doc/oci-definition.md, docker-definition.md.
 */
export function imagePurl({ registry, repository, tag, digest }: ImageReference): string {
  if (digest !== undefined) {
    const name = repository.split('/').at(-1) ?? repository
    const label = tag === undefined ? '' : `&tag=${encodeURIComponent(tag)}`
    return `pkg:oci/${name}@${encodeURIComponent(digest)}?repository_url=${encodePath(`${registry}/${repository}`)}${label}`
  }
  const version = tag === undefined ? '' : `@${encodeURIComponent(tag)}`
  return `pkg:docker/${repository}${version}${registry === DOCKER_HUB ? '' : `?repository_url=${encodePath(registry)}`}`
}

/** Percent-encodes what is not plain in a qualifier; slashes and colons are. */
function encodePath(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%3A', ':')
}
