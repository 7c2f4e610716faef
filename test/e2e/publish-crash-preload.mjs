import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Loaded into a run by --import: kills it in front of the change to the repository with the number DIE_AT; of a file half is written.
const { DIE_AT, DIE_IN } = process.env
let count = 0
const descriptors = new Set()
const isOurs = (path) => descriptors.has(path) || (typeof path === 'string' && path.startsWith(DIE_IN))
for (const name of [
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'fsyncSync',
  'chmodSync',
  'linkSync',
  'renameSync',
  'truncateSync',
  'rmSync',
  'rmdirSync',
]) {
  const original = fs[name]
  fs[name] = (...args) => {
    if (!isOurs(args[0]) || (name === 'openSync' && args[1] !== 'wx')) return original(...args)
    if (DIE_AT === 'never') process.stderr.write(`call ${count} ${name}\n`)
    if (String(count++) === DIE_AT) {
      if (name === 'writeFileSync') original(args[0], Buffer.from(args[1]).subarray(0, args[1].length / 2))
      process.kill(process.pid, 'SIGKILL')
    }
    const result = original(...args)
    if (name === 'openSync') descriptors.add(result)
    return result
  }
}
syncBuiltinESMExports()
