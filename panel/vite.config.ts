import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { writeApiTypes } from './api-types.ts'

writeApiTypes()

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: { target: 'es2023', chunkSizeWarningLimit: 900, reportCompressedSize: false },
  server: {
    proxy: {
      '^/(api|docs|openapi.json|favicon.ico)': process.env.FUNIL_URL ?? 'http://localhost:3000',
    },
  },
})

/** Each file once more as Brotli and gzip, so that the server compresses nothing. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      const assets = join(dir!, 'assets')
      for (const name of readdirSync(assets)) {
        if (!/\.(js|css|svg)$/.test(name)) continue
        const content = readFileSync(join(assets, name))
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
