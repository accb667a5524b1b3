import type { Config } from '#config.ts'
import { openStore, type Role, startServer } from '#main.ts'
import { firstRun } from '#setup.ts'

/** `funil serve`: runs until it is told to stop, and says how to begin. */
export async function serve(config: Config, role: Role) {
  console.error(
    config.databaseUrl ? 'Connecting to PostgreSQL…' : `Starting PostgreSQL in ${config.dataDir}…`,
  )
  config.secret()
  const store = await openStore(config)
  try {
    const server = await startServer(config, store.database, role)
    console.log(await welcome(config, store.database.db, role))
    await told()
    console.error('Stopping: finishing what was begun…')
    await server.close()
  } finally {
    await store.close()
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one does not wait. */
function told() {
  return new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

async function welcome(config: Config, db: Parameters<typeof firstRun>[0], role: Role) {
  if (role === 'worker') return 'Funil’s worker is running.'
  const url = config.publicUrl
  const lines = [
    '',
    'Funil is running.',
    '',
    `  Panel      ${url}`,
    `  API        ${url}/api/v1`,
    `  Reference  ${url}/docs`,
    '',
  ]
  const first = await firstRun(db)
  if (!first) {
    return [...lines, 'A new API key:  bin/funil key create --account 1 --name "my key"', ''].join('\n')
  }
  return [
    ...lines,
    'This is the first start, so here is what you need; it is shown only now.',
    '',
    `  Sign in (once, within 7 days)  ${url}/sign-in?token=${first.signInToken}`,
    `  API key                        ${first.key}`,
    '',
    'Create your first lead:',
    '',
    `  curl -X POST ${url}/api/v1/leads -H 'X-API-Key: ${first.key}' -H 'Content-Type: application/json' -d '{"name":"João Silva","phone":"(11) 99988-7766"}'`,
    '',
  ].join('\n')
}
