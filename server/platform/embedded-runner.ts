import { spawn } from 'node:child_process'
import { lchown, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OperatorError } from './operator-error.ts'

/** Whoever PostgreSQL runs as: runs its programs, and gives files to them. */
export type Runner = {
  run(program: string, args: string[], cwd: string): Promise<{ code: number; output: string }>
  give(path: string): Promise<void>
}

type User = { uid: number; gid: number }

/** Ourselves; as root another user, since PostgreSQL refuses to run as root. `paths` are what they must reach. */
export async function findRunner(pgdata: string, paths: string[]): Promise<Runner> {
  if (process.getuid?.() !== 0) return { run: execute, give: async () => {} }

  const user = (await ownerOf(pgdata)) ?? (await unprivilegedUser())
  const give = (path: string) => lchown(path, user.uid, user.gid).catch(cannotBecome(user))
  const reachable = (await Promise.all(paths.map((path) => canReach(user, path)))).every(Boolean)
  if (reachable) return { give, run: (program, args, cwd) => execute(program, args, cwd, user) }
  return { give, run: (program, args, cwd) => executeWithPass(program, args, cwd, user) }
}

async function ownerOf(pgdata: string): Promise<User | undefined> {
  const found = await stat(pgdata).catch(() => undefined)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

async function unprivilegedUser(): Promise<User> {
  const passwd = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = passwd.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  }
  throw new OperatorError(
    'PostgreSQL does not run as root, and this system has no user postgres or nobody. ' +
      'Run Funil as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.',
  )
}

async function canReach(user: User, path: string): Promise<boolean> {
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at)
    const mayEnter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & mayEnter)) return false
    if (at === dirname(at)) return true
  }
}

// A folder below /root is closed to others: not root any more, but still let through.
async function executeWithPass(program: string, args: string[], cwd: string, { uid, gid }: User) {
  const pass = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    // PostgreSQL looks for its programs with access(2), which forgets capabilities without this bit.
    '--securebits=+no_setuid_fixup',
    '--bounding-set=-all,+dac_override',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  const result = await execute('setpriv', [...pass, program, ...args], cwd).catch(cannotPass)
  return result.output.startsWith('setpriv:') ? cannotPass() : result
}

async function execute(program: string, args: string[], cwd: string, user?: User) {
  // A session of its own: the terminal's Ctrl-C is for us, not for a start or a stop half done.
  const child = spawn(program, args, {
    ...user,
    cwd,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(cannotRun(program, error, user)))
    child.once('close', (status) => resolve(status ?? 1))
    // On Windows the server inherits our pipes, and they never close.
    child.once('exit', (status) => sleep(500, undefined, { ref: false }).then(() => resolve(status ?? 1)))
  })
  child.stdout.destroy()
  child.stderr.destroy()
  return { code, output }
}

function cannotBecome({ uid }: User) {
  return (error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `PostgreSQL does not run as root, and its files cannot be given to user ${uid} (${error.message}). ` +
        'Run Funil as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.',
    )
  }
}

function cannotPass(): never {
  throw new OperatorError(
    'Running as root, PostgreSQL needs a data directory and an installation that other users can enter. ' +
      'Set FUNIL_DATA_DIR to a folder such as /var/lib/funil, run Funil as an ordinary user, or set DATABASE_URL.',
  )
}

function cannotRun(program: string, error: NodeJS.ErrnoException, user?: User) {
  const who = user ? ` as user ${user.uid}` : ''
  return new OperatorError(
    `PostgreSQL's program ${program} cannot run here${who} (${error.code}). ` +
      'Set DATABASE_URL to a PostgreSQL of yours, 15 or newer.',
  )
}
