import { type Entries, entry } from './entry.ts'

export const repositoryEntries: Entries<'publish' | 'repository'> = {
  'publish/addon-object': entry(
    'error',
    'Addon object that is not of the package',
    'kbcli installs what the Addon object beside the packages names; one of another addon or version installs something else.',
    'Run addonsmith package again, and publish what it wrote.',
  ),
  'publish/archive': entry(
    'error',
    'Package that cannot be published',
    'A package is checked as the archive it is: what Helm refuses, or reads as another chart than its name says, must not get into an index.',
    'Make the package again with addonsmith package.',
  ),
  'publish/conflict': entry(
    'error',
    'Version that is published with other bytes',
    'Whoever installed that version would get something else the next time, and digests that others wrote down would be wrong.',
    'Raise the version of the chart. A release that was interrupted before it was in the index can be withdrawn with publish --withdraw.',
  ),
  'publish/provenance': entry(
    'error',
    'Provenance of another package',
    'helm verify and helm pull --verify refuse a package whose digest its provenance file does not state.',
    'Sign the package again, or remove the .prov file.',
  ),
  'publish/release': entry(
    'error',
    'Package that does not say its KubeBlocks release',
    'Each release has a channel of its own, so that helm repo add gives only charts that fit; a package that does not say where it belongs could go to the wrong one.',
    'Name one of the releases with --kubeblocks, or in the annotation addonsmith.dev/kubeblocks of Chart.yaml.',
  ),
  'repository/addon-object': entry(
    'warning',
    'Addon object without its package',
    'kbcli offers the addon, and the operator fails to install it.',
    'Publish the package, or remove the Addon object.',
  ),
  'repository/archive': entry(
    'error',
    'Listed package that is not the chart it should be',
    'Helm refuses the package, or installs another chart than the index says.',
    'Remove the version from the index, and publish a new one.',
  ),
  'repository/digest': entry(
    'error',
    'Package that is not what the index says',
    'Its digest differs from the one in the index: it was replaced or damaged after it was published.',
    'Put the published package back; if there is none, publish a new version and yank this one.',
  ),
  'repository/duplicate': entry(
    'error',
    'Version that is in the index twice',
    'Helm takes the one it meets first, and which that is changes from one sorting to the next.',
    'Remove one of the two entries.',
  ),
  'repository/foreign-url': entry(
    'error',
    'Package that is somewhere else',
    'What lies outside the repository can be replaced or removed by others, and cannot be checked here.',
    'Publish the package here, or allow where it lies with --allow-foreign.',
  ),
  'repository/index': entry(
    'error',
    'Index that is not valid',
    'Helm refuses such an index as a whole, or leaves entries of it out without a word; it is not written to before it is mended.',
    'Mend index.yaml at this place, or put back the last one that was good.',
  ),
  'repository/interrupted': entry(
    'warning',
    'Release that was interrupted',
    'A journal says that packages were to be published, and they are not all in the index.',
    'Run the same publish again to finish it, or publish --withdraw to take it back.',
  ),
  'repository/missing': entry(
    'error',
    'Listed package that is not there',
    'Helm finds the version and fails to fetch it.',
    'Put the package back, or remove the version from the index.',
  ),
  'repository/no-digest': entry(
    'warning',
    'Version without a digest',
    'Whether the package is the one that was published cannot be told.',
    'Add the SHA-256 of the package as digest.',
  ),
  'repository/not-found': entry(
    'error',
    'No repository',
    'There is no index.yaml, neither here nor in a folder named like a KubeBlocks release.',
    'Name the folder or URL that helm repo add is given, or the one above it.',
  ),
  'repository/provenance': entry(
    'error',
    'Provenance of another package',
    'helm verify and helm pull --verify refuse a package whose digest its provenance file does not state.',
    'Put the provenance file of this package there, or remove it.',
  ),
  'repository/unlisted': entry(
    'warning',
    'Package that is not in the index',
    'Nobody finds it with Helm; a publish that is under way or was interrupted leaves such packages.',
    'Publish it, or remove it.',
  ),
}
