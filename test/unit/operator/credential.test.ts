import { expect, test } from 'vitest'
import { connectionCredential, operatorRelease } from '../../../src/operator/index.ts'
import { object } from '../../support/definitions.ts'

const definition = object('ClusterDefinition', 'd', {
  connectionCredential: {
    password: '$(RANDOM_PASSWD)',
    strong: '$(STRONG_RANDOM_PASSWD)',
    host: '$(SVC_FQDN)',
    headless: '$(HEADLESS_SVC_FQDN)',
    port: '$(SVC_PORT_http)',
    other: '$(SVC_PORT_none)',
    endpoint: '$(CONN_CREDENTIAL).host:$(CONN_CREDENTIAL).port',
  },
  componentDefs: [{ name: 'proxy' }, { name: 'x', service: { ports: [{ name: 'http', port: 80 }] } }],
})
const cluster = {
  name: 'c',
  namespace: 'ns',
  uid: 'u',
  components: [
    { name: 'p', definition: 'proxy', replicas: 1 },
    { name: 'main', definition: 'x', replicas: 1 },
  ],
}
const random = { password: 'pw$&', strongPassword: 'strong', uuid: 'id' }

test('0.5 to 0.7: names with namespace, one kind of password', () => {
  for (const version of ['0.5', '0.6', '0.7']) {
    expect(connectionCredential(operatorRelease(version), [definition], cluster, random)).toEqual({
      data: {
        password: 'pw$&',
        strong: '$(STRONG_RANDOM_PASSWD)',
        host: 'c-main.ns.svc',
        headless: 'c-main-headless.ns.svc',
        port: '80',
        other: '$(SVC_PORT_none)',
        endpoint: 'c-main.ns.svc:80',
      },
      left: ['$(STRONG_RANDOM_PASSWD)', '$(SVC_PORT_none)'],
    })
  }
})

test('0.8 and 0.9: short names, strong passwords', () => {
  for (const version of ['0.8', '0.9']) {
    const { data, left } = connectionCredential(operatorRelease(version), [definition], cluster, random)
    expect(data).toMatchObject({ strong: 'strong', host: 'c-main', headless: 'c-main-headless', endpoint: 'c-main:80' })
    expect(left).toEqual(['$(SVC_PORT_none)'])
  }
})
