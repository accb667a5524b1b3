import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import packaged from '../../node_modules/@sparticuz/chromium/package.json' with { type: 'json' }

const modules = resolve(import.meta.dirname, '../../node_modules')
const kept = resolve(modules, '.cache/chromium')

/** A real Chromium that came with the packages, and asks nothing of anybody. */
export const openChromium = () =>
  chromium.launch({
    // Of the packaged one there is only x64; elsewhere say where another is.
    executablePath: process.env.FUNIL_CHROMIUM ?? unpacked(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })

/** Unpacked once; by several test files at a time, so it appears there whole. */
function unpacked() {
  const binary = resolve(kept, packaged.version)
  if (existsSync(binary)) return binary
  mkdirSync(kept, { recursive: true })
  const own = `${binary}.${process.pid}`
  const packed = readFileSync(resolve(modules, '@sparticuz/chromium/bin/chromium.br'))
  writeFileSync(own, brotliDecompressSync(packed), { mode: 0o755 })
  renameSync(own, binary)
  return binary
}
