import type { Path } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { ClusterDefaults, ClusterTest, Component, Image } from '../model/addon.ts'
import { checkScripts, readFileList } from './files.ts'
import { checkJobImage, type JobWords, resolveJobEnv } from './jobs.ts'
import { entriesOf, type Scope, seconds } from './scope.ts'

const PATH: Path = ['cluster', 'test']

/** How findings speak of the test. */
const WORDS: JobWords = {
  variable: 'test variable',
  owner: 'the test of a cluster',
  jobs: 'tests',
  image: 'test',
  account: 'use a secret: the name of the one that the operator makes depends on the cluster and on the release',
}

/** Variables that the chart gives the script. */
const FROM_CHART = /^(CLUSTER_NAME|CLUSTER_NAMESPACE|SERVICE_HOST|SERVICE_PORT(_.*)?|TLS_ENABLED|TLS_DIR)$/

/** What a cluster gets when the user does not say otherwise, and how one is tested. */
export function resolveCluster(scope: Scope, addon: Addon, components: readonly Component[], images: readonly Image[]): ClusterDefaults {
  return { resources: addon.cluster?.resources, test: resolveTest(scope, addon, components, images) }
}

function resolveTest(scope: Scope, addon: Addon, components: readonly Component[], images: readonly Image[]): ClusterTest | undefined {
  const test = addon.cluster?.test
  if (test === undefined) return undefined
  // Shards have services of their own each, and which shards there are only the cluster says.
  if (!components.some(({ sharding, services }) => sharding === undefined && services.some(({ name }) => name === 'default')))
    scope.problem('addon/reference', PATH, 'No component, shards aside, has a service named default, so the test has nothing to come to.', {
      at: 'key',
      hint: 'name the service that clients connect to: services: {default: {ports: [...]}}',
    })
  checkJobImage(scope, test.image, images, [...PATH, 'image'], WORDS)
  for (const { name, origin } of entriesOf(test.env, [...PATH, 'env']))
    if (FROM_CHART.test(name))
      scope.problem('addon/reserved-name', origin, `The chart gives the test a variable "${name}" of its own.`, {
        at: 'key',
        hint: `use another name, or remove it: the script has ${name} without it`,
      })
  const env = resolveJobEnv(scope, addon, test.env, [...PATH, 'env'], WORDS)
  const script = readFileList(scope, test.script, [...PATH, 'script'])
  checkScripts(scope, script)
  return { image: test.image, script, env, timeout: seconds(test.timeout ?? '5m'), origin: PATH }
}
