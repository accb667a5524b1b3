import { randomBytes, randomUUID } from 'node:crypto'
import {
  access,
  appendFile,
  chmod,
  constants,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Binaries, findBinaries } from './embedded-binaries.ts'
import { findRunner, type Runner } from './embedded-runner.ts'
import { OperatorError } from './operator-error.ts'

/** The files of one PostgreSQL, and what it takes to run it. */
export type Cluster = {
  pgdata: string
  password: string
  settings: Record<string, string>
  binaries: Binaries
  runner: Runner
}

const unfinishedPrefix = '.postgres-new-'
const unfinishedIsOldMs = 10 * 60_000

/** Makes the cluster of this data directory when there is none, and refuses one that we could not run. */
export async function prepareCluster(dataDir: string, settings: Record<string, string>): Promise<Cluster> {
  const binaries = await findBinaries()
  const place = join(await writableFolder(dataDir), 'postgres')
  // An operator may have moved it to another disk and left a link.
  const pgdata = await realpath(place).catch(() => place)
  for (const path of [pgdata, binaries.postgres]) refuseForShell(path)
  const runner = await findRunner(pgdata, [dirname(pgdata), binaries.postgres])
  const cluster = { pgdata, password: '', settings, binaries, runner }

  await sweepUnfinished(dirname(pgdata))
  await refuseStranger(pgdata)
  if (await isMissing(pgdata)) await create(cluster)
  await refuseOtherVersion(cluster)
  await claim(cluster)
  return { ...cluster, password: await readPassword(pgdata) }
}

/** Replaces a file of the cluster at one stroke, readable by PostgreSQL alone. */
export async function writeOwned(runner: Runner, path: string, text: string) {
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await runner.give(draft)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error instanceof OperatorError
      ? error
      : new OperatorError(
          `${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Make room for it, or make it writable.`,
        )
  }
}

async function writableFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 })
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return await realpath(dataDir)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    throw new OperatorError(
      reason === 'EACCES' || reason === 'EPERM'
        ? `The data directory ${dataDir} cannot be written by this user. ` +
            'Give it to them with chown, or set FUNIL_DATA_DIR to another folder.'
        : `The data directory ${dataDir} cannot be used (${reason}). Set FUNIL_DATA_DIR to another folder.`,
    )
  }
}

// pg_ctl puts these paths into a shell command of its own, between double quotes.
function refuseForShell(path: string) {
  if (process.platform === 'win32' || !/["$`\\\n]/.test(path)) return
  throw new OperatorError(
    `PostgreSQL cannot be started from ${JSON.stringify(path)}, because of a quote, dollar or backslash in it. ` +
      'Move it, or set FUNIL_DATA_DIR to another folder.',
  )
}

async function sweepUnfinished(folder: string) {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(unfinishedPrefix)) continue
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (!found || Date.now() - found.mtimeMs < unfinishedIsOldMs) continue
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {})
  }
}

async function refuseStranger(pgdata: string) {
  const found = await stat(pgdata).catch(() => undefined)
  const uid = process.getuid?.()
  if (!found || !uid || found.uid === uid) return
  throw new OperatorError(
    `The database in ${pgdata} belongs to another user (uid ${found.uid}). ` +
      'Run Funil as that user, give the folder to this one with chown -R, or set FUNIL_DATA_DIR to another.',
  )
}

async function isMissing(pgdata: string): Promise<boolean> {
  const names = await readdir(pgdata).catch((error): string[] => {
    if (error.code === 'ENOENT') return []
    throw new OperatorError(`${pgdata} cannot be read (${error.code}). Move it away, or set FUNIL_DATA_DIR.`)
  })
  if (names.length && !names.includes('PG_VERSION')) {
    throw new OperatorError(
      `${pgdata} is not empty and holds no PostgreSQL database. ` +
        'Move it away, or set FUNIL_DATA_DIR to another folder.',
    )
  }
  return !names.length
}

// Made beside its place and moved there whole: a process that dies on the way leaves no half database.
async function create({ pgdata, settings, binaries, runner }: Cluster) {
  const workshop = join(dirname(pgdata), `${unfinishedPrefix}${randomUUID()}`)
  const draft = join(workshop, 'data')
  try {
    await mkdir(workshop, { mode: 0o700 })
    await runner.give(workshop)
    const password = join(workshop, 'funil.password')
    await writeOwned(runner, password, randomBytes(24).toString('base64url'))
    const durable = settings.fsync === 'off' ? ['--no-sync'] : []
    await initialise(['-D', draft, `--pwfile=${password}`, ...durable], workshop, binaries, runner)
    await rename(password, join(draft, basename(password)))
    await appendFile(
      join(draft, 'postgresql.conf'),
      "\n# Written at each start; what follows it wins.\ninclude 'funil.conf'\n",
    )
    await writeOwned(runner, join(draft, 'funil.conf'), '')
    await rename(draft, pgdata).catch(async (error) => {
      // Another process was quicker: its database is as good as ours.
      if (await isMissing(pgdata)) throw error
    })
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotMake(pgdata, (error as Error).message)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

async function initialise(args: string[], cwd: string, binaries: Binaries, runner: Runner) {
  const always = ['--username=funil', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  const provider = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  let said = ''
  // Trigrams ask the system which characters are letters, and not every system has C.UTF-8.
  for (const letters of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const asked = [...always, ...provider, `--lc-ctype=${letters}`, ...args]
    const { code, output } = await runner.run(binaries.initdb, asked, cwd)
    if (code === 0) return
    said = output
    if (!output.includes('invalid locale')) break
  }
  throw cannotMake(cwd, /(?:error|fatal): *(.*)/i.exec(said)?.[1] ?? said.trim())
}

function cannotMake(path: string, reason: string) {
  return new OperatorError(
    `PostgreSQL could not make its database in ${dirname(path)} (${reason}). ` +
      'Mend that, or set FUNIL_DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL of yours.',
  )
}

async function refuseOtherVersion({ pgdata, binaries }: Cluster) {
  const version = (await readFile(join(pgdata, 'PG_VERSION'), 'utf8')).trim()
  if (version === binaries.major) return
  throw new OperatorError(
    `The database in ${pgdata} is of PostgreSQL ${version}, and this Funil brings PostgreSQL ${binaries.major}. ` +
      'Upgrade it with pg_upgrade, or serve it with its own version and set DATABASE_URL to that.',
  )
}

// A copy restored by root, or with open permissions, is one that PostgreSQL refuses.
async function claim({ pgdata, runner }: Cluster) {
  const { uid, mode } = await stat(pgdata)
  if (mode & 0o027) await chmod(pgdata, 0o700)
  if (process.getuid?.() !== 0 || uid !== 0) return
  for (const name of await readdir(pgdata, { recursive: true })) await runner.give(join(pgdata, name))
  await runner.give(pgdata)
}

async function readPassword(pgdata: string): Promise<string> {
  const file = join(pgdata, 'funil.password')
  return readFile(file, 'utf8').catch((error) => {
    throw new OperatorError(
      `The database's password in ${file} cannot be read (${error.code}). Restore that file from a backup.`,
    )
  })
}
