import { type Entries, entry } from './entry.ts'

/** What `kbcli cluster create TYPE` makes of a chart that renders a Cluster. */
export const kbcliEntries: Entries<'kbcli'> = {
  'kbcli/closed-schema': entry(
    'warning',
    'Schema that refuses values of kbcli',
    'kbcli hands all flags of the command to Helm, its own ones too, and checks all of them with the schema of the chart and that of its first dependency.',
    'Leave out additionalProperties at the top of the schema, or name the values there; helm install works as it is.',
  ),
  'kbcli/default': entry(
    'info',
    'Default that kbcli does not take from values.yaml',
    'kbcli hands every flag to Helm, and of one that is not given the default of the schema: zero, nothing or no where there is none.',
    'Write the same default into values.schema.json and values.yaml.',
  ),
  'kbcli/definition': entry(
    'warning',
    'Cluster without a definition',
    'kbcli looks for the definition in the rendered Cluster before it creates anything, and stops.',
    'Name a ClusterDefinition, or a ComponentDefinition in every component.',
  ),
  'kbcli/definition-text': entry(
    'warning',
    'Definition that kbcli cannot read',
    'This kbcli does not render the chart to learn its ClusterDefinition; it takes the text behind the field.',
    'Write the name plainly into templates/cluster.yaml.',
  ),
  'kbcli/flags': entry(
    'warning',
    'Property that is no good flag of kbcli',
    'kbcli makes a flag of each property, and a value of each flag: names go through kebab case and back, the values of the first dependency move below its name.',
    'Use scalars and plain maps, and camelCase names with one capital at the head of a word, each once.',
  ),
  'kbcli/one-cluster': entry(
    'info',
    'More than one Cluster for kbcli',
    'kbcli prints, edits and schedules one Cluster of a chart, and which one is by chance.',
    'Make a chart of each.',
  ),
  'kbcli/required': entry(
    'warning',
    'Required value of kbcli',
    'kbcli asks the user for every required scalar, and cannot give required values for which it has no flag.',
    'Require only what a user must say; give the others a default.',
  ),
  'kbcli/schema': entry(
    'info',
    'Cluster chart without a schema',
    'kbcli makes the flags of a type of cluster from values.schema.json alone.',
    'Add a values.schema.json with the values that users set.',
  ),
  'kbcli/type-name': entry(
    'info',
    'Name that is no type of cluster',
    'kbcli cluster register is told a name for the type, of 16 letters and digits at most, in newer releases with hyphens; people try the name of the chart without -cluster.',
    'Tell users under which name to register the chart.',
  ),
}
