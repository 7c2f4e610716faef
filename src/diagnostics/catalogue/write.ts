import { type Entries, entry } from './entry.ts'

export const writeEntries: Entries<'write'> = {
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
}
