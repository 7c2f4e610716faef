#!/usr/bin/env node
import module from 'node:module'

// Keeps compiled code between runs, where Node can (22.8 and later).
const { enableCompileCache } = module as { readonly enableCompileCache?: () => void }
enableCompileCache?.()
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
