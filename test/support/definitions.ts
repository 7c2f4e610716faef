/** Rendered objects for tests of what operators do, in their smallest form. */

export function object(kind: string, name: string, spec: unknown = {}, metadata: object = {}): unknown {
  return { kind, metadata: { name, ...metadata }, spec }
}

export function componentDefinition(name: string, spec: object = {}): unknown {
  return object('ComponentDefinition', name, spec, { annotations: { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' } })
}

/** A ComponentVersion: rules as patterns with releases, releases as name, version and images. */
export function componentVersion(
  name: string,
  rules: readonly (readonly [readonly string[], readonly string[]])[],
  releases: readonly (readonly [string, string, Readonly<Record<string, string>>])[],
): unknown {
  return object(
    'ComponentVersion',
    name,
    {
      compatibilityRules: rules.map(([compDefs, names]) => ({ compDefs, releases: names })),
      releases: releases.map(([release, serviceVersion, images]) => ({ name: release, serviceVersion, images })),
    },
    { annotations: { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' } },
  )
}

export function configMap(name: string, data: Readonly<Record<string, string>>, namespace = 'kb-system'): unknown {
  return { kind: 'ConfigMap', metadata: { name, namespace }, data }
}
