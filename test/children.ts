import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'

export type Env = Record<string, string>
export type Ended = { code: number | null; out: string; err: string }

const root = resolve(import.meta.dirname, '..')
const program = resolve(root, 'bin/funil')
const longestMs = 180_000

/** One command of the command line, in a process of its own, to its end. */
export async function funil(args: string[], env: Env): Promise<Ended> {
  const { ended } = start(args, env)
  return ended
}

/** What a command with --json answers; it must succeed, and say nothing else. */
export async function funilJson(args: string[], env: Env) {
  const { code, out, err } = await funil([...args, '--json'], env)
  if (code !== 0 || err !== '') throw new Error(`funil ${args.join(' ')} ended with ${code}: ${err}`)
  return JSON.parse(out)
}

/** A server in a process of its own, once it says that it runs. Call it inside of a test. */
export async function startServer(env: Env, command = [program, 'serve']) {
  const { child, ended } = start(['--json'], { PORT: '0', LOG_LEVEL: 'warn', ...env }, command)
  const said = await Promise.race([once(child.stdout!, 'data'), ended])
  if (!Array.isArray(said)) throw new Error(`the server did not start: ${said.err}`)
  const hello = JSON.parse(String(said[0]))
  return {
    url: hello.url as string,
    hello,
    ended,
    signal: (name: NodeJS.Signals) => child.kill(name),
  }
}

/** A data directory of its own, whose PostgreSQL is stopped at the end, whoever left it running. */
export function temporaryDataDir(): string {
  const parent = mkdtempSync(join(tmpdir(), 'funil-process-'))
  const dataDir = join(parent, 'data')
  after(async () => {
    // Whoever leaves last stops it.
    if (existsSync(join(dataDir, 'postgres/postmaster.pid'))) {
      await funil(['account', 'list'], { DATABASE_URL: '', FUNIL_DATA_DIR: dataDir })
    }
    rmSync(parent, { recursive: true, force: true })
  })
  return dataDir
}

function start(args: string[], env: Env, [file = program, ...before]: string[] = [program]) {
  const child = spawn(file, [...before, ...args], {
    cwd: root,
    env: { ...process.env, FUNIL_SECRET: 'a secret for tests, and long enough', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
  })
  running.add(child)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (text) => (texts.out += text))
  child.stderr.on('data', (text) => (texts.err += text))
  const ended = once(child, 'close').then(([code]): Ended => {
    running.delete(child)
    return { code, ...texts }
  })
  return { child, ended }
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
