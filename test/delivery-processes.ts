import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { testSecret } from './harness.ts'

/** A server or a worker of its own, which can be killed without a word and started again. */
export async function startProcess(
  databaseUrl: string,
  role: 'api' | 'worker',
  env: Record<string, string> = {},
) {
  let { child, url } = await start(databaseUrl, role, env)
  return {
    url: () => url,
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    async restart() {
      const started = await start(databaseUrl, role, env)
      child = started.child
      url = started.url
    },
  }
}

async function start(
  databaseUrl: string,
  role: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(resolve(import.meta.dirname, 'delivery-process.ts'), [role], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      FUNIL_SECRET: testSecret,
      FUNIL_ALLOW_PRIVATE_WEBHOOKS: '1',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The ${role} did not start.`)
  })
  const [port] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return { child, url: `http://127.0.0.1:${port}` }
}
