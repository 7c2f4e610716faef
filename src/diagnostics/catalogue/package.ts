import { type Entries, entry } from './entry.ts'

/** What packing and `verify` say of packages. */
export const packageEntries: Entries<'package'> = {
  'package/archive': entry(
    'error',
    'Package that is not the chart',
    'What users install is the archive: one that Helm or addonsmith refuses, or that renders something else, is of no use to them.',
    'Rename or shorten what is refused.',
  ),
  'package/different': entry(
    'error',
    'Package that the descriptor does not give',
    'Nobody can tell from the sources what is in the package: it was made from others, by another version of addonsmith or Helm, or changed afterwards.',
    'Check out the commit it was made from and verify it there; pack it again when it was changed.',
  ),
  'package/key': entry(
    'warning',
    'Key that Helm 3 cannot read',
    'Helm 4 knows EdDSA keys, and Helm 3 does not load a keyring in which there is nothing else: helm verify and helm install --verify fail there.',
    'Sign with an RSA key while there are users of Helm 3.',
  ),
  'package/name': entry(
    'error',
    'Package with the name of another',
    'Helm, indexes and signatures find a package by its file name, <chart>-<version>.tgz.',
    'Give the file its name back.',
  ),
  'package/no-addon': entry(
    'error',
    'Package of no addon here',
    'No descriptor gives a chart of that name, so there is nothing to compare the package with.',
    'Name the addon with --addon, or run where its sources are.',
  ),
  'package/release': entry(
    'error',
    'Package for no known KubeBlocks release',
    'The annotation addonsmith.dev/kubeblocks of Chart.yaml says for which release a chart was made; without it the chart cannot be made again.',
    'Verify what addonsmith package wrote.',
  ),
  'package/signature': entry(
    'error',
    'Signature that does not stand for the package',
    'helm verify and helm install --verify refuse it; the package or its .prov was changed, or somebody else signed it.',
    'Sign the package again, or take it from where it was published.',
  ),
  'package/unsigned': entry(
    'error',
    'Package without signature',
    'With a keyring a signature is demanded, and there is no .prov beside the package.',
    'Pack with --sign, or leave --keyring out.',
  ),
  'package/version': entry(
    'error',
    'Package of another version',
    'The descriptor has another version by now, so it cannot give this package.',
    'Check out the commit that the package was made from.',
  ),
}
