import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  opendirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { getSystemErrorMessage } from 'node:util'
import { OperatorError } from '#platform/operator-error.ts'
import type { S3 } from '#platform/s3.ts'

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
  /** Webhooks may go to http and to private addresses: for development. */
  allowPrivateWebhooks: boolean
  /** A WAHA server may have a private address: it usually stands beside us. */
  allowPrivateProviders: boolean
  /** Meta's Graph API, and where Meta keeps media: the only places that see a token. */
  graph: { url: string; version: string; mediaOrigins: string[] }
  /** A bucket for what people send; null keeps it under `dataDir`. */
  s3: S3 | null
  /** Signs and encrypts; 32 characters or more. Read when first needed, so that looking at help makes no files. */
  secret(): string
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const shortestSecret = 32

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535)
  const host = env.HOST || '127.0.0.1'
  const dataDir = resolve(env.FUNIL_DATA_DIR || resolve(import.meta.dirname, '../data'))
  return {
    port,
    host,
    databaseUrl: databaseUrl(env),
    dataDir,
    publicUrl: publicUrl(env, host, port),
    corsOrigins: origins(env, 'FUNIL_CORS_ORIGINS'),
    trustProxy: oneOf(env, 'FUNIL_TRUST_PROXY', ['0', '1'], '0') === '1',
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels, 'info'),
    poolSize: wholeNumber(env, 'FUNIL_POOL_SIZE', 10, 1, 1000),
    allowPrivateWebhooks: oneOf(env, 'FUNIL_ALLOW_PRIVATE_WEBHOOKS', ['0', '1'], '0') === '1',
    allowPrivateProviders: oneOf(env, 'FUNIL_ALLOW_PRIVATE_PROVIDERS', ['0', '1'], '0') === '1',
    graph: {
      url: origins(env, 'FUNIL_GRAPH_URL', ['https://graph.facebook.com'])[0]!,
      version: env.FUNIL_GRAPH_VERSION || 'v25.0',
      mediaOrigins: origins(env, 'FUNIL_GRAPH_MEDIA_ORIGINS', ['https://lookaside.fbsbx.com']),
    },
    s3: bucket(env),
    secret: () => givenSecret(env) ?? keptSecret(dataDir),
  }
}

/** The data directory, made when it is missing. */
export function ensureDataDir(dataDir: string): string {
  try {
    makeFolder(dataDir)
    opendirSync(dataDir).closeSync()
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    return dataDir
  } catch (error) {
    throw unusable(`The data directory ${dataDir}`, error)
  }
}

function databaseUrl({ DATABASE_URL: url }: NodeJS.ProcessEnv) {
  if (!url) return null
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url
  // Not shown: it may hold a password.
  throw new OperatorError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
}

function publicUrl({ FUNIL_PUBLIC_URL: given }: NodeJS.ProcessEnv, host: string, port: number) {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1']
  const shownHost = everywhere.includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  if (!given) return `http://${shownHost}:${port}`
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given.replace(/\/+$/, '')
  throw new OperatorError(
    `FUNIL_PUBLIC_URL must be a full address such as https://crm.example.com, not "${given}".`,
  )
}

function origins(env: NodeJS.ProcessEnv, name: string, otherwise: string[] = []) {
  if (!env[name]) return otherwise
  const given = env[name].split(',').flatMap((origin) => origin.trim() || [])
  const wrong = given.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin)
  if (wrong === undefined) return given
  throw new OperatorError(
    `${name} must be origins such as https://app.example.com, with commas between them; "${wrong}" is none.`,
  )
}

function bucket(env: NodeJS.ProcessEnv): S3 | null {
  if (!env.FUNIL_S3_BUCKET) return null
  const region = env.FUNIL_S3_REGION || 'us-east-1'
  const [endpoint] = origins(env, 'FUNIL_S3_ENDPOINT', [`https://s3.${region}.amazonaws.com`])
  const { FUNIL_S3_ACCESS_KEY_ID: accessKeyId, FUNIL_S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (accessKeyId && secretAccessKey)
    return { endpoint: endpoint!, region, bucket: env.FUNIL_S3_BUCKET, accessKeyId, secretAccessKey }
  throw new OperatorError(
    'FUNIL_S3_BUCKET needs FUNIL_S3_ACCESS_KEY_ID and FUNIL_S3_SECRET_ACCESS_KEY beside it.',
  )
}

function oneOf(env: NodeJS.ProcessEnv, name: string, choices: string[], otherwise: string) {
  const text = env[name] || otherwise
  if (choices.includes(text)) return text
  throw new OperatorError(`${name} must be one of ${choices.join(', ')}, not "${text}".`)
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, min: number, max: number) {
  const text = env[name]
  if (!text) return otherwise
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new OperatorError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  }
  return value
}

function givenSecret({ FUNIL_SECRET: secret }: NodeJS.ProcessEnv) {
  if (!secret) return null
  if (secret.length >= shortestSecret) return secret
  throw new OperatorError(
    `FUNIL_SECRET must have ${shortestSecret} characters or more. Make one with: openssl rand -hex 32`,
  )
}

function keptSecret(dataDir: string) {
  const file = resolve(ensureDataDir(dataDir), 'secret')
  try {
    if (!existsSync(file)) makeSecret(file)
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw unusable(`The secret in ${file}`, error)
  }
}

// Linked into its place whole and only once: two first starts at the same time agree on one secret.
function makeSecret(file: string) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

// Node's own recursive mkdir turns for ever below a folder that takes none, such as /proc.
function makeFolder(path: string) {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function unusable(what: string, error: unknown) {
  const { errno, message } = error as NodeJS.ErrnoException
  const reason = errno === undefined ? message : getSystemErrorMessage(errno)
  return new OperatorError(
    `${what} cannot be used (${reason}). Give it to this user with chown, or set FUNIL_DATA_DIR to another folder.`,
  )
}
