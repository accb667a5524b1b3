import { listAccounts } from '#accounts/accounts.ts'
import { type Config, ensureDataDir } from '#config.ts'
import type { Database } from '#platform/database.ts'
import { openStore } from '#store.ts'
import { explainQueue } from '#webhooks/queue.ts'
import { explainInbox } from '#whatsapp/inbox/metrics.ts'
import { explainOutbox } from '#whatsapp/outbox/metrics.ts'

export type Finding = { ok: boolean; what: string }

/** Looks at what usually goes wrong, and says what to do about it. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings = [
    nodeVersion(),
    await found(() => `The data directory ${ensureDataDir(config.dataDir)} can be written.`),
    await found(() => config.secret() && 'The secret is at hand.'),
    ...(await databaseFindings(config)),
  ]
  // What is wrong with the data directory is wrong for all that live there: it is told once.
  return [...new Map(findings.map((finding) => [finding.what, finding])).values()]
}

function nodeVersion(): Finding {
  const ok = Number.parseInt(process.versions.node, 10) >= 24
  const advice = ok ? '.' : ' is too old: run npm install, which brings Node 24.'
  return { ok, what: `Node ${process.versions.node}${advice}` }
}

async function found(look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { ok: true, what: await look() }
  } catch (error) {
    return { ok: false, what: (error as Error).message }
  }
}

async function databaseFindings(config: Config): Promise<Finding[]> {
  try {
    const store = await openStore(config)
    try {
      const { database } = store
      return [
        await version(database),
        await tracking(database),
        await accounts(database),
        ...(await explainQueue(database.db)),
        ...(await explainInbox(database.db)),
        ...(await explainOutbox(database.db)),
      ]
    } finally {
      await store.close()
    }
  } catch (error) {
    return [{ ok: false, what: (error as Error).message }]
  }
}

const version = ({ pool }: Database) =>
  found(async () => {
    const { rows } = await pool.query('show server_version')
    return `PostgreSQL ${rows[0].server_version} answers, and its schema is up to date.`
  })

// Sync's watermark looks at the running transactions.
async function tracking({ pool }: Database): Promise<Finding> {
  const { rows } = await pool.query('show track_activities')
  const ok = rows[0].track_activities === 'on'
  const advice = ok ? 'on.' : 'off: switch it on, or sync may miss late commits.'
  return { ok, what: `PostgreSQL’s track_activities is ${advice}` }
}

const accounts = ({ db }: Database) =>
  found(async () => {
    const { length } = await listAccounts(db)
    return length === 0 ? 'No account yet: the first start makes one.' : `Accounts: ${length}.`
  })
