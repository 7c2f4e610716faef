import { type Entries, entry } from './entry.ts'

/** What operators demand of versions and backups. */
export const supplyEntries: Entries<'backup' | 'version'> = {
  'backup/action-set': entry(
    'error',
    'ActionSet not in the chart',
    'The backup method has nothing that makes the backup; backups fail, or the template is unavailable.',
    'Add the ActionSet, or correct the name.',
  ),
  'backup/component': entry(
    'error',
    'Backup policy for a component that is not there',
    'The operator finds no component of that name, and clusters fail or have no backups.',
    'Correct the name.',
  ),
  'backup/default': entry(
    'warning',
    'Default among backup policy templates that is not clear',
    'Several templates are for one definition, and which one is used is not said.',
    'Mark one of them as default.',
  ),
  'backup/default-among': entry(
    'warning',
    'No default, or several, among backup policy templates',
    'Schedules are made for the default alone, and backups without a policy take it.',
    'Mark one of the templates as default.',
  ),
  'backup/definition': entry(
    'error',
    'Backup policy template for a ClusterDefinition that is not there',
    'Clusters of other definitions do not find it, and have no backups.',
    'Write the name that the ClusterDefinition has.',
  ),
  'backup/identifier': entry(
    'error',
    'Backup policies with one name',
    'The second policy is left out without a word.',
    'Set a different identifier in each template.',
  ),
  'backup/label': entry(
    'error',
    'Backup policy template without the label clusters look for',
    'Clusters find the template by a label alone; without it they have no backups.',
    'Add the label clusterdefinition.kubeblocks.io/name.',
  ),
  'backup/no-labels': entry(
    'error',
    'Backup policy template without labels',
    'The operator writes into the labels of the template, and crashes when there are none.',
    'Add a label.',
  ),
  'backup/parameters': entry(
    'error',
    'Backup parameter without schema',
    'The operator refuses the ActionSet.',
    'Describe the parameter in parametersSchema.',
  ),
  'backup/schedule': entry(
    'error',
    'Schedule of a method that is not there',
    'The operator refuses the schedule, and backups are never made.',
    'Name a method of the policy, and each schedule once.',
  ),
  'backup/tool': entry('error', 'BackupTool not in the chart', 'Backups fail.', 'Add the BackupTool, or correct the name.'),
  'backup/topology-label': entry(
    'warning',
    'Clusters of a topology have no backup policy',
    'Clusters of a topology find templates by the label with the name of their ClusterDefinition.',
    'Set the label clusterdefinition.kubeblocks.io/name to that name.',
  ),
  'version/cluster-version': entry(
    'error',
    'ClusterVersion that does not fit its ClusterDefinition',
    'The version is unavailable, and no cluster can use it.',
    'Correct the name, and give every component containers.',
  ),
  'version/image-key': entry(
    'error',
    'Image for a container that is not there',
    'This release refuses a ComponentVersion that names a container which one of its definitions does not have.',
    'Remove the key, or name the container.',
  ),
  'version/images': entry(
    'error',
    'Container without image for a version',
    'Clusters that ask for the version fail.',
    'Add the image to the release, or to the definition.',
  ),
  'version/mixed': entry(
    'warning',
    'Image of another definition is used',
    'When images are chosen the rules are not looked at, so a release for other definitions can win.',
    'Give releases of one version the same images, or split the ComponentVersion.',
  ),
  'version/none': entry(
    'error',
    'Definition without version',
    'No cluster can choose the definition.',
    'Set serviceVersion, or add a release to a ComponentVersion that matches.',
  ),
  'version/pattern': entry(
    'error',
    'Reference is no regular expression',
    'The operator refuses the ComponentVersion.',
    'Correct the pattern; Go knows no look-around.',
  ),
  'version/release': entry(
    'error',
    'Release for no definition',
    'One release that no definition matches makes the whole ComponentVersion unavailable, and with it all clusters of it.',
    'Correct the pattern, or remove the release with the definition.',
  ),
  'version/service-version': entry(
    'error',
    'Service version is no semantic version',
    'The operator refuses the ComponentVersion.',
    'Write three numbers with dots, such as 14.7.0.',
  ),
}
