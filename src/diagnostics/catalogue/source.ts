import { type Entries, entry } from './entry.ts'

/** What is wrong in the files of a chart as they are written. */
export const sourceEntries: Entries<'source' | 'values'> = {
  'source/files-get': entry(
    'error',
    'File that the chart does not have',
    'Helm gives an empty text for a file that is not there, and does not complain.',
    'Correct the path, add the file, or take it out of .helmignore.',
  ),
  'source/files-glob': entry(
    'warning',
    'Pattern that matches no file',
    'A range over nothing gives nothing, and Helm does not complain.',
    'Correct the pattern, or remove what stands around it.',
  ),
  'source/hard-coded-namespace': entry(
    'warning',
    'Namespace is fixed',
    'helm install --namespace has no effect on the object, and the chart fails or works on another namespace.',
    'Use {{ .Release.Namespace }}.',
  ),
  'source/never-rendered': entry(
    'warning',
    'Template that gives nothing',
    'The file looks like a part of the chart and is none.',
    'Remove it, or take its content out of the comment.',
  ),
  'source/swapped-default': entry(
    'error',
    'Arguments of default are swapped',
    'default takes the default first and the value last, so what users set is ignored.',
    'Swap the two, or write VALUE | default DEFAULT.',
  ),
  'source/tpl-value': entry(
    'info',
    'Value is rendered as a template',
    'Whoever may set the value can read all values and, with lookup, objects of the cluster.',
    'Keep it only when users are meant to write template code, and say so in values.yaml.',
  ),
  'source/unquoted': entry(
    'warning',
    'Text is printed without quotes',
    'YAML reads the printed text as a number, a boolean or null.',
    'Print it with | quote.',
  ),
  'source/unused-helper': entry('info', 'Named template that nothing includes', 'It has no effect.', 'Remove it.'),
  'values/ambiguous-scalar': entry(
    'warning',
    'Value that Helm reads as something else',
    'Helm reads YAML 1.1: yes, on and y are booleans, 010 is octal, 1_000 a number, and long numbers come out with an exponent.',
    'Quote a text; write numbers and booleans plainly.',
  ),
  'values/closed-schema': entry(
    'warning',
    'Schema that refuses global',
    'Helm gives each dependency the value global, and the schema fails the chart that depends on this one.',
    'Add global to the properties of the schema.',
  ),
  'values/duplicate-key': entry('error', 'Key given twice in values.yaml', 'Helm takes the last one without a word, with all below it.', 'Keep one.'),
  'values/no-schema': entry(
    'info',
    'No schema for values',
    'Helm checks values against values.schema.json, and takes anything without one.',
    'Add values.schema.json.',
  ),
  'values/schema': entry(
    'error',
    'Schema that Helm cannot use',
    'Helm crashes, opens other files and addresses, or refuses every installation.',
    'Keep references inside the schema, and patterns to what RE2 has.',
  ),
  'values/unused': entry(
    'info',
    'Value that nothing reads',
    'Whoever sets it waits for an effect that does not come.',
    'Remove it, or use it in a template.',
  ),
}
