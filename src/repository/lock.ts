import { linkSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errnoOf, Fault } from '../diagnostics/index.ts'

/** A lock that is held. */
export interface Lock {
  /** Whether it is still ours: one that is held for too long can be taken over. */
  isHeld(): boolean
  release(): void
}

/** How long others are waited for, and how long a lock of a machine that cannot be asked is believed. Milliseconds. */
export interface LockTimes {
  readonly wait: number
  readonly stale: number
}

const TIMES: LockTimes = { wait: 60_000, stale: 30_000 }
/** Numbers that stay behind: who reads the folder while some are made and removed still sees one. */
const KEPT = 8

/**
 * Takes the lock that a folder stands for. A lock is a file whose name is a number: the highest is the one that counts, and to take the lock is to make
 * the next one, which only one process can do. So a lock whose owner died is taken over without anything being deleted that another could just have
 * made. Who was killed while holding it is found dead by its process; on another machine, by the age of its file.
 */
export async function takeLock(folder: string, times: LockTimes = TIMES): Promise<Lock> {
  mkdirSync(folder, { recursive: true })
  const own = join(folder, `.${process.pid}-${Math.random().toString(36).slice(2)}`)
  const until = Date.now() + times.wait
  try {
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      const lock = tryLock(folder, own, times.stale)
      if (lock !== undefined) return lock
      if (Date.now() > until)
        throw new Fault(`The lock ${folder} is held by another process.`, { fix: `Wait until it ends; if there is none, remove ${folder}.` })
      // Jitter, so that those who wait do not wake all at once.
      await sleep(pause * (0.5 + Math.random()))
    }
  } finally {
    rmSync(own, { force: true })
  }
}

function tryLock(folder: string, own: string, stale: number): Lock | undefined {
  const highest = highestOf(folder)
  if (highest > 0 && !isFree(join(folder, String(highest)), own, stale)) return undefined
  const number = highest + 1
  const file = join(folder, String(number))
  try {
    writeFileSync(own, identity())
    linkSync(own, file)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return undefined
    throw error
  }
  // Lower numbers were looked at when they were the highest; who made one meanwhile is not the owner.
  if (highestOf(folder) !== number) {
    rmSync(file, { force: true })
    return undefined
  }
  for (const name of readdirSync(folder)) if (isBefore(folder, name, number, stale)) rmSync(join(folder, name), { force: true })
  return {
    isHeld: () => highestOf(folder) === number,
    // A number never comes back: the file stays, empty, until later ones are taken.
    release: () => {
      if (highestOf(folder) === number) truncateSync(file)
    },
  }
}

/** What the owner of a new lock cleans up: locks long before it, and what dead processes left. */
function isBefore(folder: string, name: string, number: number, stale: number): boolean {
  if (/^\d+$/.test(name)) return Number(name) < number - KEPT
  const stat = statSync(join(folder, name), { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > Math.max(stale, 600_000)
}

function highestOf(folder: string): number {
  return Math.max(0, ...readdirSync(folder).map((name) => (/^\d+$/.test(name) ? Number(name) : 0)))
}

/** Whether nobody holds a lock: it was let go, or its owner is gone. */
function isFree(file: string, own: string, stale: number): boolean {
  try {
    const text = readFileSync(file, 'utf8')
    if (text === '') return true
    const [place, pid, started] = text.split('\n')
    if (place === placeOfProcess() && pid !== undefined) return startOf(Number(pid)) !== started
    // By the clock of the file system alone, which is not ours when it is mounted.
    writeFileSync(own, '')
    return statSync(own).mtimeMs - statSync(file).mtimeMs > stale
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}

function identity(): string {
  return `${placeOfProcess()}\n${process.pid}\n${startOf(process.pid)}`
}

let place: string | undefined

/** The machine, since its last start, and on Linux the container: where a process id means one process. */
function placeOfProcess(): string {
  place ??= [
    hostname(),
    ifReadable(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    ifReadable(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ')
  return place
}

/** When a process started, as far as it can be told, so that another one with its number is not taken for it; `gone` when there is none. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errnoOf(error) !== 'EPERM') return 'gone'
  }
  const stat = ifReadable(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie holds nothing any more.
  return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '')
}

function ifReadable(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
