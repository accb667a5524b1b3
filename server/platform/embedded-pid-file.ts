import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

export type PidFile = { pid: number; port: number; text: string }

/** What the last server of this directory wrote about itself; it may be long dead. */
export async function readPidFile(pgdata: string): Promise<PidFile | undefined> {
  const path = join(pgdata, 'postmaster.pid')
  const [text, found] = await Promise.all([readFile(path, 'utf8'), stat(path)]).catch(() => [])
  if (text === undefined || !found) return undefined
  const [pid, , , port] = text.split('\n')
  // Empty for an instant while it is written; for longer only when the machine lost power just then.
  if (!text && Date.now() - found.mtimeMs < 5000) return undefined
  return { pid: Math.abs(Number.parseInt(pid || '0', 10)) || 0, port: Number(port) || 0, text }
}

/** Who answers to that pid today: after a reboot, or in a new container, it may be anybody. */
export async function whoIs(
  pid: number,
  pgdata: string,
): Promise<'ours' | 'stranger' | 'nobody' | 'unknown'> {
  if (!pid) return 'stranger'
  if (!isAlive(pid)) return 'nobody'
  const command = await commandOf(pid).catch(() => undefined)
  if (!command) return 'unknown'
  if (!/^(postgres|postmaster)/.test(basename(command.program))) return 'stranger'
  if (!command.args.includes('-D')) return 'unknown'
  return command.args[command.args.indexOf('-D') + 1] === pgdata ? 'ours' : 'stranger'
}

/** Removes that very pid file, and puts back a newer one that another process' server wrote meanwhile. */
export async function removeStale(pgdata: string, stale: PidFile) {
  const path = join(pgdata, 'postmaster.pid')
  const aside = `${path}.${randomUUID()}`
  await rename(path, aside).catch(() => {})
  const text = await readFile(aside, 'utf8').catch(() => stale.text)
  if (text !== stale.text) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function commandOf(pid: number): Promise<{ program: string; args: string[] } | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform === 'linux') {
    const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    return { program, args }
  }
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
  const [program = '', directory] = stdout.trim().split(' -D ')
  return { program, args: directory ? ['-D', directory] : [] }
}
