// `npm start`: the first look at the product, with the commands a user would type.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../dist/lib/cli.js', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one command in sight of the user; ends with its exit code when it fails. */
function addonsmith(...args) {
  console.log(`\n$ npx addonsmith ${args.join(' ')}`)
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

addonsmith('doctor', '--fetch-helm')
addonsmith('build', 'qdrant', '--kubeblocks', '0.6')
addonsmith('check', 'dist/charts/0.6/qdrant')
addonsmith('package', 'qdrant', '--kubeblocks', '0.6')
console.log(`
The charts are in dist/charts/0.6, the packages in dist/packages/0.6. Next:

  helm install qdrant dist/packages/0.6/qdrant-0.1.0.tgz --namespace kb-system   install it beside the operator
  helm install my-qdrant dist/packages/0.6/qdrant-cluster-0.1.0.tgz              make a cluster
  less dist/charts/0.6/qdrant-cluster/README.md                                  connect, scale, back up, restore, upgrade
  npx addonsmith build qdrant --kubeblocks 1.1                                   the chart for the newest KubeBlocks
  npx addonsmith build qdrant                                                    build for every KubeBlocks release
  npx addonsmith build qdrant --explain                                          how each release expresses the addon, and what is lost
  $EDITOR addons/qdrant/addon.yaml                                               change the addon, then build --diff
  less docs/tutorial.md                                                          add an engine of your own
`)
