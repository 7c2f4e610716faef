import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { chartScripts } from './chart-files.ts'
import { needs } from './tools.ts'
import { fill, GUARD, test } from './world.ts'

const { container, jobs } = await chartScripts()
const texts = [...container, ...jobs].map(([name, text]) => ({ name, text }))

describe.for(texts)('$name', ({ name, text }) => {
  test('has no words of Go templates', () => {
    expect(text).not.toContain('{{')
  })

  test.for(['dash', 'busybox'])('is understood by %s', (shell, { skip }) => {
    needs(skip, shell)
    const checked = spawnSync(shell, [...(shell === 'busybox' ? ['sh'] : []), '-n'], { input: text, encoding: 'utf8' })
    expect(checked.stderr).toBe('')
    expect(checked.status).toBe(0)
  })

  test('passes shellcheck', ({ skip }) => {
    needs(skip, 'shellcheck')
    const checked = spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' })
    expect(checked.stdout).toBe('')
  })

  test('gives every call of curl a limit', () => {
    const calls = text.split('\n').filter((line) => /curl_qdrant /.test(line) && !/^\s*#/.test(line) && !line.includes('curl_qdrant()'))
    for (const call of calls) expect(`${name}: ${call}`).toContain('--max-time')
    for (const call of text.split('\n').filter((line) => /(^|\s)curl --/.test(line))) expect(call).toContain('--connect-timeout')
  })

  test('stops at errors, and uses nothing that only bash has', () => {
    if (!/^#!/.test(text)) return
    expect(text.split('\n')[0]).toBe('#!/bin/sh')
    expect(text).toMatch(/^set -eu$/m)
  })
})

describe('the API key', { timeout: GUARD }, () => {
  test('is never an argument of a program', async ({ running }) => {
    const world = await running(3, { apiKey: 'very-secret-key' })
    fill(world, 'a', 10)
    const seen: string[] = []
    // While a request is answered, its client is running: what it was called with can be read.
    world.cluster.intercept = () => {
      for (const pid of readdirSync('/proc').filter((p) => /^\d+$/.test(p))) {
        try {
          seen.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        } catch {
          // It ended in the meantime.
        }
      }
      return 'pass'
    }
    world.replicas(2)
    expect((await world.leave(2)).code).toBe(0)
    expect(seen.some((s) => s.includes('curl'))).toBe(true)
    expect(seen.some((s) => s.includes('very-secret-key'))).toBe(false)
  })
})
