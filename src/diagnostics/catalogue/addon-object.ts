import { type Entries, entry } from './entry.ts'

/** What the operator and kbcli demand of Addon objects. */
export const addonObjectEntries: Entries<'addon-object'> = {
  'addon-object/label': entry(
    'error',
    'Addon that cannot be labelled',
    'The operator copies the provider and the version of an Addon into its labels; with a text that is none it fails before it installs anything, again and again.',
    'Use letters, digits, dots, dashes and underscores, 63 characters at most, or set the labels.',
  ),
  'addon-object/location': entry(
    'warning',
    'Chart of an Addon that is not found, or not the one that is meant',
    'The operator hands the location to Helm in a Job, which has no repositories of its own and takes the newest chart of a registry when no version is named.',
    'Write the URL of the package; for oci:// the version too, as spec.helm.installOptions.version.',
  ),
  'addon-object/name': entry(
    'error',
    'Name too long for an Addon',
    'The Helm release of an Addon is kb-addon-NAME, and Helm takes at most 53 characters.',
    'Use a name of at most 44 characters.',
  ),
  'addon-object/range': entry(
    'error',
    'Range of KubeBlocks versions that cannot be read',
    'kbcli refuses to install the addon; from KubeBlocks 1.0 on the operator fails on it as well, again and again.',
    'Write a range such as ">=1.0.0, <1.1.0" in addon.kubeblocks.io/kubeblocks-version.',
  ),
  'addon-object/version': entry(
    'warning',
    'Version of an Addon that is not that of its chart',
    'kbcli finds an Addon in an index by the label addon.kubeblocks.io/version, installs it, and says that this version was installed.',
    'Write the version of the chart in the label, the location and spec.version.',
  ),
}
