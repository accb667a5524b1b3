import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client'
import type { Database } from '#platform/database.ts'

/** What an operator looks at: health, readiness, metrics, and one log line for each request. */
export function observe(app: FastifyInstance, { pool }: Database, metrics: Metric[] = []) {
  const register = new Registry()
  for (const metric of metrics) register.registerMetric(metric)
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'funil_http_request_seconds',
    help: 'Time from a request’s arrival to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  })
  const refused = new Counter({
    name: 'funil_rate_limited_total',
    help: 'Requests refused for their rate.',
    registers: [register],
  })
  new Gauge({
    name: 'funil_database_connections',
    help: 'The pool’s connections.',
    labelNames: ['state'],
    registers: [register],
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { method, caller } = request
    // How long somebody listened says nothing of how fast we are.
    const isStream = reply.getHeader('content-type') === 'text/event-stream'
    if (!isStream) seconds.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    if (reply.statusCode === 429) refused.inc()
    // The route and not the address: a query may hold names, phones and one-time links.
    const line = { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 }
    request.log.info({ ...line, account: caller?.accountId, actor: caller?.actor }, 'request')
  })

  app.get('/healthz', { logLevel: 'silent' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.status(503).send({ status: 'database unreachable' })
    }
  })
  app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  )
}
