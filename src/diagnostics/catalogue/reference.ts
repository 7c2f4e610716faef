import { type Entries, entry } from './entry.ts'

export const referenceEntries: Entries<'manifest' | 'reference' | 'image'> = {
  'manifest/config-map-data': entry(
    'error',
    'ConfigMap that the API server refuses',
    'Values are texts and keys are file names; a number or a list stops the installation of the chart.',
    'Quote the value ({{ ... | quote }}), and use a key that can be a file name.',
  ),
  'manifest/config-map-size': entry(
    'error',
    'ConfigMap too large',
    'The API server takes 1 MiB; a larger one stops the installation of the chart.',
    'Split it, or load the file when the engine starts.',
  ),
  'manifest/duplicate-key': entry(
    'error',
    'Key twice in one mapping',
    'Helm keeps the last and drops the others without a word; kustomize, and so post-renderers of Flux, refuse the chart.',
    'Remove one, or join their values.',
  ),
  'manifest/duplicate-object': entry(
    'error',
    'Object rendered twice',
    'Of two objects with the same kind and name one overwrites the other.',
    'Remove one.',
  ),
  'reference/service-port': entry(
    'error',
    'Service port leads nowhere',
    'The targetPort is declared by no container.',
    'Correct the name, or declare the port.',
  ),
  'reference/credential-port': entry(
    'error',
    'Credential names no service port',
    '$(SVC_PORT_name) stays as it is when the service has no port of that name.',
    'Correct the name.',
  ),
  'reference/volume': entry(
    'error',
    'Template volume is mounted nowhere',
    'The files never reach a container.',
    'Mount the volume, or correct the name.',
  ),
  'reference/script': entry(
    'error',
    'Script is not in the ConfigMap',
    'The command fails when it is called.',
    'Add the script, or correct the name.',
  ),
  'reference/image': entry(
    'error',
    'Container without image',
    'A container without an image in the ClusterDefinition needs one in every ClusterVersion.',
    'Add the image.',
  ),
  'image/mutable-tag': entry('error', 'Image tag can change', 'Another image under the same tag changes running clusters.', 'Pin the tag.'),
  'image/registry': entry(
    'info',
    'Registry that no value changes',
    'Clusters that reach only a mirror cannot use the chart as it is.',
    'Take the registry from values.yaml.',
  ),
}
