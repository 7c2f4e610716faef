import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Loaded into a build by --import: kills it in front of the change to the disk with the number DIE_AT; of a file half is written.
const { DIE_AT } = process.env
let count = 0
for (const name of ['mkdirSync', 'writeFileSync', 'chmodSync', 'renameSync', 'rmSync']) {
  const original = fs[name]
  fs[name] = (...args) => {
    // Only what concerns the chart: Node and the compile cache write elsewhere.
    if (!String(args[0]).includes('tiny')) return original(...args)
    if (DIE_AT === 'never') process.stderr.write(`call ${count} ${name}\n`)
    if (String(count++) === DIE_AT) {
      if (name === 'writeFileSync') original(args[0], Buffer.from(args[1]).subarray(0, args[1].length / 2))
      process.kill(process.pid, 'SIGKILL')
    }
    return original(...args)
  }
}
syncBuiltinESMExports()
