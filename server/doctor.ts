import { accessSync, constants, mkdirSync } from 'node:fs'
import { listAccounts } from '#accounts/accounts.ts'
import type { Config } from '#config.ts'
import { openStore } from '#main.ts'

export type Finding = { ok: boolean; what: string }

/** Looks at what usually goes wrong, and says what to do about it. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [nodeVersion(), dataDirectory(config)]
  try {
    const store = await openStore(config)
    try {
      const { rows } = await store.database.pool.query(
        `select current_setting('server_version') as version, current_setting('track_activities') as tracks`,
      )
      findings.push({ ok: true, what: `PostgreSQL ${rows[0].version} answers and its schema is up to date.` })
      // Sync's watermark looks at the running transactions.
      findings.push({
        ok: rows[0].tracks === 'on',
        what:
          rows[0].tracks === 'on'
            ? 'track_activities is on.'
            : 'track_activities is off: switch it on, or sync may miss late commits.',
      })
      const accounts = await listAccounts(store.database.db)
      findings.push({
        ok: true,
        what:
          accounts.length === 0
            ? 'No account yet: the first start makes one.'
            : `${accounts.length} account(s).`,
      })
    } finally {
      await store.close()
    }
  } catch (error) {
    findings.push({ ok: false, what: (error as Error).message })
  }
  return findings
}

function nodeVersion(): Finding {
  const ok = Number.parseInt(process.versions.node, 10) >= 24
  return {
    ok,
    what: ok
      ? `Node ${process.versions.node}.`
      : `Node ${process.versions.node} is too old; run npm install, which brings Node 24.`,
  }
}

function dataDirectory({ dataDir, databaseUrl }: Config): Finding {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK)
    return { ok: true, what: `The data directory ${dataDir} can be written.` }
  } catch {
    const why = databaseUrl ? 'the secret is kept there unless FUNIL_SECRET is set' : 'PostgreSQL lives there'
    return {
      ok: false,
      what: `The data directory ${dataDir} cannot be written (${why}): give it to this user, or set FUNIL_DATA_DIR.`,
    }
  }
}
