import { type Entry, expr, include, isOneOf, map, pair, values } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { Value } from '../../model/chart.ts'
import { clusterChartName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { leaf } from './leaf.ts'

/** Whether clusters can turn TLS on: the engine has it, and the release lets a definition say so, as 1.0 and later do (API.md 2.5). */
export function hasTls({ addon, release }: Lowering): boolean {
  return release.family === 'componentdefinition' && release.api === 'v1' && addon.components.some(({ tls }) => tls !== undefined)
}

export function tlsValues(lowering: Lowering): readonly Value[] {
  if (!hasTls(lowering)) return []
  return [
    leaf('tls', 'Whether clients connect by TLS.', false, { type: 'boolean' }),
    leaf('tlsIssuer', 'Who makes the certificates: KubeBlocks, or you (UserProvided).', 'KubeBlocks', {
      type: 'string',
      enum: ['KubeBlocks', 'UserProvided'],
    }),
    leaf('tlsSecretName', 'With UserProvided, the Secret with your certificates, of the keys ca.crt, tls.crt and tls.key.', '', {
      type: 'string',
      pattern: '^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$',
    }),
  ]
}

/** `tls` and `issuer` of a component (API.md 2.19). */
export function tls(lowering: Lowering, component: Component): Entry[] {
  if (!hasTls(lowering) || component.tls === undefined) return []
  const secret = map(
    pair('name', expr(include(`${clusterChartName(lowering.addon)}.tlsSecretName`))),
    pair('ca', 'ca.crt'),
    pair('cert', 'tls.crt'),
    pair('key', 'tls.key'),
  )
  const issuer = map(pair('name', expr(include(`${clusterChartName(lowering.addon)}.tlsIssuer`))), [
    { kind: 'if', condition: isOneOf(values('tlsIssuer'), ['UserProvided']), body: pair('secretRef', secret) },
  ])
  return [{ kind: 'if', condition: values('tls'), body: [...pair('tls', true), ...pair('issuer', issuer)] }]
}
