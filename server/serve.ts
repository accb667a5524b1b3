import type { Config } from '#config.ts'
import { type Role, startServer } from '#main.ts'
import { type FirstRun, firstRun } from '#setup.ts'
import { openStore } from '#store.ts'

const sameKeyPressMs = 1000

/** `funil serve`: runs until it is told to stop, and says how to begin. */
export async function serve(config: Config, role: Role, { json = false } = {}) {
  const stop = toldToStop()
  console.error(
    config.databaseUrl ? 'Connecting to PostgreSQL…' : `Starting PostgreSQL in ${config.dataDir}…`,
  )
  config.secret()
  const store = await openStore(config)
  try {
    const server = await startServer(config, store.database, role)
    try {
      const url = config.publicUrl.replace(/:0$/, `:${server.port}`)
      const first = role === 'worker' ? null : await firstRun(store.database.db)
      console.log(json ? JSON.stringify(inJson(url, role, first)) : inWords(url, role, first))
      await stop
      console.error('Stopping: finishing what was begun…')
    } finally {
      await server.close()
    }
  } finally {
    await store.close()
  }
}

/** Resolves at the first SIGINT or SIGTERM; a later one does not wait. */
function toldToStop() {
  return new Promise<void>((resolve) => {
    let first: number | undefined
    const hear = () => {
      first ??= performance.now()
      // One Ctrl-C arrives twice: from the terminal, and from npm, which passes it on.
      if (performance.now() - first > sameKeyPressMs) process.exit(1)
      resolve()
    }
    process.on('SIGINT', hear).on('SIGTERM', hear)
  })
}

function inJson(url: string, role: Role, first: FirstRun | null) {
  return {
    url,
    role,
    sign_in_link: first && signInLink(url, first),
    key: first?.key ?? null,
  }
}

function inWords(url: string, role: Role, first: FirstRun | null) {
  if (role === 'worker') return 'Funil’s worker is running.'
  return `
Funil is running.

  Panel      ${url}
  API        ${url}/api/v1
  Reference  ${url}/docs

${first ? welcome(url, first) : 'A new API key:  bin/funil key create --account 1 --name "my key"'}
`
}

const welcome = (url: string, first: FirstRun) => `\
This is the first start, so here is what you need; it is shown only now.

  Sign in (once, within 7 days)  ${signInLink(url, first)}
  API key                        ${first.key}

Create your first lead:

  curl -X POST ${url}/api/v1/leads -H 'X-API-Key: ${first.key}' -H 'Content-Type: application/json' -d '{"name":"João Silva","phone":"(11) 99988-7766"}'`

const signInLink = (url: string, { signInToken }: FirstRun) => `${url}/sign-in?token=${signInToken}`
