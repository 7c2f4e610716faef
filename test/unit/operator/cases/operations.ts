import { object } from '../../../support/definitions.ts'
import { type Case, cmpd } from './case.ts'

const operation = (expression: string) => object('OpsDefinition', 'o', { preConditions: [{ rule: { expression } }, {}] })
const refers = (name: string) => ({
  serviceRefDeclarations: [{ name: 'store' }],
  vars: [{ name: 'A', valueFrom: { serviceRefVarRef: { name, endpoint: 'Required' } } }],
})

export const operations: readonly Case[] = [
  {
    rule: 'operation/expression',
    what: 'no template',
    bad: [operation('{{ if eq .a "b" }}')],
    expected: ['OpsDefinition/o spec.preConditions.0.rule.expression'],
    good: [operation('{{ if eq .a "b" }}true{{ end }}')],
  },
  {
    rule: 'operation/expression',
    what: 'a function that Go has not',
    bad: [operation('{{ hasPrefix "a" .b }}')],
    expected: ['OpsDefinition/o spec.preConditions.0.rule.expression'],
    good: [operation('{{ eq (len .b) 1 }}')],
  },
  {
    rule: 'service/descriptor',
    what: 'without a version',
    bad: [object('ServiceDescriptor', 's', { serviceKind: 'etcd', serviceVersion: '' })],
    expected: ['ServiceDescriptor/s spec.serviceVersion'],
    good: [object('ServiceDescriptor', 's', { serviceKind: 'etcd', serviceVersion: '3.5.0' })],
  },
  {
    rule: 'definition/service-ref',
    what: 'of a service that is not declared',
    bad: [cmpd(refers('stor'))],
    expected: ['ComponentDefinition/x spec.vars.0.valueFrom.serviceRefVarRef.name'],
    good: [cmpd(refers('store'))],
  },
]
