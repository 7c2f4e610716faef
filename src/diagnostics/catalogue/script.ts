import { type Entries, entry } from './entry.ts'

export const scriptEntries: Entries<'script'> = {
  'script/agent-bash': entry(
    'error',
    'Action needs bash, and its image has none',
    "Actions without an image run in the operator's tools image (Alpine), which has sh and no bash.",
    'Give the action an image that has bash, or write it for sh.',
  ),
  'script/background': entry(
    'warning',
    'Probe or action leaves processes behind',
    'What runs in the background outlives the call; nothing waits for it, and the processes add up until the container can start no more.',
    'Run it in the foreground, or wait for it.',
  ),
  'script/bashism': entry(
    'warning',
    'Script for sh is written for bash',
    'Where sh is dash (Debian, Ubuntu) or busybox (Alpine) the script fails or does something else.',
    'Run the script with bash, or write it for sh.',
  ),
  'script/no-timeout': entry(
    'info',
    'Probe waits for a client without a time limit',
    'A client that hangs holds the probe until it is killed, and often stays behind.',
    "Use the client's own option, or put `timeout N` before it.",
  ),
  'script/shebang': entry(
    'error',
    'Script cannot be started',
    'A script that is a program needs a first line with its interpreter, line ends of Unix, and a volume whose mode lets files run.',
    'Mend the script or the mode, or start it with `sh FILE`.',
  ),
  'script/syntax': entry(
    'error',
    'Script cannot be parsed',
    'The shell stops at the mistake, often before it has run anything.',
    'Correct the script.',
  ),
}
