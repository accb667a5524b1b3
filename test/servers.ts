import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

/** Servers in processes of their own over one database: killed without a word, and started again. */
export async function startServers(databaseUrl: string, howMany: number) {
  const servers = await Promise.all(Array.from({ length: howMany }, () => start(databaseUrl)))
  return {
    /** The address of one of them; the one that is down now is asked too. */
    url: (n: number) => servers[n % howMany]!.url,
    async killAndRestart(n: number) {
      const { child } = servers[n % howMany]!
      child.kill('SIGKILL')
      await once(child, 'exit')
      servers[n % howMany] = await start(databaseUrl)
    },
    stop: () =>
      Promise.all(
        servers.map(async ({ child }) => {
          child.kill('SIGKILL')
          if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
        }),
      ),
  }
}

async function start(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(resolve(import.meta.dirname, 'server-process.ts'), {
    env: { ...process.env, DATABASE_URL: databaseUrl, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error('The server did not start.')
  })
  const [port] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return { child, url: `http://127.0.0.1:${port}` }
}

/** Is this what a client sees of a server that has just died? */
export const isConnectionLost = (error: unknown) =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error instanceof TypeError && error.message === 'terminated')
