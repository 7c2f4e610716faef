import { at, listAt, textAt } from '../objects/index.ts'
import type { Component } from './cluster.ts'
import { tlsSecretName } from './names.ts'

/** What TLS adds to the pods of a component. */
export interface TlsMounts {
  readonly volumes: readonly unknown[]
  /** For every container, agents included; not for init containers. */
  readonly mounts: readonly unknown[]
  readonly problems: readonly string[]
}

const NONE: TlsMounts = { volumes: [], mounts: [], problems: [] }

/**
 * The volume with the certificates of a cluster with TLS, where the definition wants it. Agents are containers by then, so that they
 * have it too; jobs of backups have it never. release-1.0 to v1.2.0-alpha.3:controllers/apps/component/transformer_component_tls.go,
 * after synthesize_component.go.
 */
export function tlsMounts({ release, cluster, wanted, definition, definitionName }: Component): TlsMounts {
  if (wanted.tls !== true || release.agent !== 'kbagent') return NONE
  const tls = at(definition, 'spec', 'tls')
  if (tls === undefined) return { ...NONE, problems: [`the definition "${definitionName}" does not support TLS`] }
  const name = textAt(tls, 'volumeName')
  return {
    volumes: [{ name, secret: { secretName: tlsSecretName(cluster.name, wanted.name) } }],
    mounts: [{ name, mountPath: textAt(tls, 'mountPath'), readOnly: true }],
    problems: [],
  }
}

/** An object with more in one of its lists. */
export function withMore(owner: unknown, list: string, more: readonly unknown[]): unknown {
  return more.length === 0 ? owner : { ...Object(owner), [list]: [...listAt(owner, list), ...more] }
}
