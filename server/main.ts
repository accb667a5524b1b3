import type { AddressInfo } from 'node:net'
import { routes } from '#api.ts'
import type { Config } from '#config.ts'
import { addPages } from '#http/pages.ts'
import { buildHttp } from '#http/server.ts'
import { createBell } from '#platform/bell.ts'
import type { Database } from '#platform/database.ts'
import { createFiles } from '#platform/files.ts'
import { openJobs, runSchedules } from '#platform/jobs.ts'
import { createNetwork } from '#platform/network.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { startSequences } from '#sequences/engine/engine.ts'
import { startDeliveries } from '#webhooks/deliver.ts'
import { deliveryMetrics } from '#webhooks/queue.ts'
import { addHookEndpoints } from '#whatsapp/inbox/endpoints.ts'
import { startMedia } from '#whatsapp/inbox/media-fetch.ts'
import { inboxMetrics } from '#whatsapp/inbox/metrics.ts'
import { startInbox } from '#whatsapp/inbox/reader.ts'
import { outboxMetrics } from '#whatsapp/outbox/metrics.ts'
import { startOutbox } from '#whatsapp/outbox/worker.ts'
import { schedulesOf } from '#worker.ts'
import manifest from '../package.json' with { type: 'json' }

export type Role = 'api' | 'worker' | 'all'

const longestGoodbyeMs = 30_000

/** Opens what the role needs and serves until `close`, which finishes what was begun. */
export async function startServer(config: Config, database: Database, role: Role) {
  const { metrics, count } = deliveryMetrics(database.db)
  const heard = inboxMetrics(database.db)
  const afterWrite = createBell(database.pool)
  const network = createNetwork({ allowPrivate: config.allowPrivateProviders })
  const files = createFiles(config)
  const app = await buildHttp(database, role === 'worker' ? [] : routes, {
    ...config,
    metrics: [...metrics, ...heard.metrics, ...outboxMetrics(database.db)],
    afterWrite,
    network,
    files,
  })
  const outside = { ...config, network }
  if (role !== 'worker') {
    await addPages(app, routes, manifest.version)
    await addHookEndpoints(app, { database, outside, afterWrite, count: heard.countHook })
  }
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await app.close()
    throw notListening(config, error)
  }
  const onTrouble = (error: unknown) => app.log.error({ err: error }, 'background')
  const jobs = role === 'api' ? null : await openJobs(database, onTrouble)
  if (jobs) await runSchedules(jobs, schedulesOf(database, { ...outside, files }))
  const deliveries =
    role === 'api' ? null : startDeliveries({ database, config, onAttempt: count, onTrouble })
  const sequences = role === 'api' ? null : startSequences({ database, config, onTrouble, afterWrite })
  const inbox =
    role === 'api' ? null : startInbox({ database, outside, count: heard.countHeard, onTrouble, afterWrite })
  const media = role === 'api' ? null : startMedia({ database, outside, files, onTrouble, afterWrite })
  const outbox = role === 'api' ? null : startOutbox({ database, outside, onTrouble, afterWrite })
  return {
    app,
    port: (app.server.address() as AddressInfo).port,
    async close() {
      // A connection that was busy a moment ago would be kept open for its next request.
      const tidying = setInterval(() => app.server.closeIdleConnections(), 50)
      // With its listener Node stops its time limits too, so a client that never ends is ours to cut off.
      const patience = setTimeout(() => app.server.closeAllConnections(), longestGoodbyeMs)
      await app.close()
      clearInterval(tidying)
      clearTimeout(patience)
      await inbox?.stop()
      await media?.stop()
      await outbox?.stop()
      await sequences?.stop()
      await deliveries?.stop()
      await jobs?.stop({ graceful: true })
      await network.close()
      await files.close()
    },
  }
}

function notListening({ port, host }: Config, error: unknown) {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new OperatorError(
        `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new OperatorError(
        `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatorError(
        `This machine has no address ${host}. Set HOST to one that it has, such as 0.0.0.0.`,
      )
    default:
      return error
  }
}
