import { type Entries, entry } from './entry.ts'

export const apiEntries: Entries<'api'> = {
  'api/kind': entry(
    'error',
    'Kind that the release does not store',
    'The API server refuses kinds it does not know, and drops what the stored version of a kind does not have.',
    'Use the kind and apiVersion that the message names, or choose another release.',
  ),
  'api/unknown-field': entry(
    'error',
    'Unknown field of the KubeBlocks API',
    'The API server drops the field without a word, so it has no effect.',
    'Remove it, or use the name suggested.',
  ),
  'api/other-release': entry(
    'error',
    'Field of another release',
    'The API server of this release drops the field without a word, so it has no effect there.',
    'Leave it out for this release, or say that the chart is for others.',
  ),
  'api/missing-field': entry('error', 'Missing field of the KubeBlocks API', 'The API server refuses the object without it.', 'Add the field.'),
  'api/type': entry('error', 'Wrong type for the KubeBlocks API', 'The API server refuses the object.', 'Use the type that the message names.'),
  'api/null': entry(
    'warning',
    'Field without a value',
    'The API server drops a null, so the field has no effect.',
    'Leave the field out, or give it a value.',
  ),
  'api/value': entry('error', 'Value that the KubeBlocks API refuses', 'The API server refuses the object.', 'Use a value that the message allows.'),
  'api/rule': entry(
    'error',
    'Rule of the KubeBlocks API broken',
    'The definition of the kind holds a rule (CEL) that the object does not follow; the API server refuses it.',
    'Follow the rule.',
  ),
  'api/crd': entry(
    'error',
    'Not a definition that a model can be made from',
    'A model holds what the API server enforces; a definition that the API server would refuse says nothing about that.',
    'Export the definition from a cluster, or take it from the chart of the operator.',
  ),
  'api/duplicate': entry('error', 'Kind defined twice', 'One of the two definitions would be lost.', 'Keep one of them.'),
  'api/none': entry(
    'error',
    'No definition of KubeBlocks',
    'Nothing that was read defines a kind of KubeBlocks, so the model would be empty.',
    'Give the CRDs of the operator: its chart has them in crds/, a cluster gives them with kubectl get crd -o yaml.',
  ),
  'api/not-a-file': entry(
    'error',
    'Not a plain file',
    'Links in a folder of definitions may lead anywhere, so they are not followed.',
    'Replace it with a plain file, or name the file itself.',
  ),
}
