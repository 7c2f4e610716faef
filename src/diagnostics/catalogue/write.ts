import { type Entries, entry } from './entry.ts'

export const writeEntries: Entries<'check' | 'write'> = {
  'write/stale': entry(
    'error',
    'Chart on disk differs',
    'The chart on disk is not what the descriptor says.',
    'Run the same command without --check.',
  ),
  'write/edited': entry(
    'error',
    'Generated chart was edited',
    'A file of the chart on disk is not what was generated; writing would lose the edit.',
    'Move the edit into the descriptor, then delete the chart folder, or pass --force.',
  ),
  'check/suppression': entry(
    'error',
    'Suppression that says nothing',
    'A finding is left out only for a code that there is, and for a reason that others can read.',
    'Write: addonsmith-ignore CODE -- reason.',
  ),
  'check/unused-suppression': entry(
    'warning',
    'Suppression of nothing',
    'What it leaves out is not found any more, and what comes later would be hidden.',
    'Remove it.',
  ),
}
