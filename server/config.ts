import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { OperatorError } from '#platform/operator-error.ts'

/** Everything that the environment decides, read once and passed down. */
export type Config = {
  port: number
  host: string
  /** A PostgreSQL of the operator's own; null runs the embedded one under `dataDir`. */
  databaseUrl: string | null
  dataDir: string
  /** Where people and providers reach this server, without a slash at the end. */
  publicUrl: string
  /** Origins that may call the API from a browser; empty means none. */
  corsOrigins: string[]
  /** Believe X-Forwarded-For: only behind a proxy of the operator's own. */
  trustProxy: boolean
  logLevel: string
  poolSize: number
  /** Signs and encrypts; 32 bytes or more. Read when first needed, so that looking at help makes no files. */
  secret(): string
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535)
  const host = env.HOST || '127.0.0.1'
  const dataDir = resolve(env.FUNIL_DATA_DIR || resolve(import.meta.dirname, '../data'))
  const shownHost = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host
  const publicUrl = (env.FUNIL_PUBLIC_URL || `http://${shownHost}:${port}`).replace(/\/+$/, '')
  if (!URL.canParse(publicUrl)) {
    throw new OperatorError(`FUNIL_PUBLIC_URL must be a full address such as https://crm.example.com.`)
  }
  return {
    port,
    host,
    databaseUrl: env.DATABASE_URL || null,
    dataDir,
    publicUrl,
    corsOrigins: (env.FUNIL_CORS_ORIGINS ?? '').split(',').flatMap((origin) => origin.trim() || []),
    trustProxy: env.FUNIL_TRUST_PROXY === '1',
    logLevel: env.LOG_LEVEL || 'info',
    poolSize: wholeNumber(env, 'FUNIL_POOL_SIZE', 10, 1, 1000),
    secret: () => env.FUNIL_SECRET || keptSecret(dataDir),
  }
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, min: number, max: number) {
  const text = env[name]
  if (!text) return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new OperatorError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  }
  return value
}

function keptSecret(dataDir: string) {
  const file = resolve(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    // Created only if absent: two first starts at once agree on one secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
