import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import cors from '@fastify/cors'
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type HTTPMethods,
  LogController,
} from 'fastify'
import pino from 'pino'
import type { Metric } from 'prom-client'
import qs from 'qs'
import { createGate } from '#accounts/keys/authenticate.ts'
import type { Config } from '#config.ts'
import { type Caller, createAuthenticator } from '#http/authenticate.ts'
import { readerOf } from '#http/conditions.ts'
import { type Failure, failureOf, failures } from '#http/failures.ts'
import { observe } from '#http/observe.ts'
import { ensurePermissions } from '#http/permissions.ts'
import { runPublicRoute, runRoute } from '#http/run.ts'
import { createStreams } from '#http/stream.ts'
import type { Database } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { Network } from '#platform/network.ts'
import type { Route } from '#platform/route.ts'

export const apiBase = '/api/v1'
const methods: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const bodyLimitBytes = 1024 * 1024
// Standard output is what the command line answers. Not in step with requests: a slow terminal slows nobody down.
const standardError = pino.destination({ dest: 2, sync: false })
// What helmet would send, said once: computing it anew cost a single read a tenth of its time.
const securityHeaders = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
}

export type HttpOptions = Pick<
  Config,
  'corsOrigins' | 'trustProxy' | 'logLevel' | 'publicUrl' | 'secret' | 'allowPrivateWebhooks' | 'graph'
> & {
  /** Whoever opened them closes them. */
  files: Files
  /** The way to the providers; whoever made it closes it. */
  network: Network
  /** Told after each write that was kept. */
  afterWrite?: () => void
  /** What later folders measure. */
  metrics?: Metric[]
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller
  }
}

/** The HTTP server with these routes; whoever calls it adds pages and listens. */
export async function buildHttp(
  database: Database,
  routes: Route[],
  options: HttpOptions,
): Promise<FastifyInstance> {
  ensurePermissions(routes)
  const app = fastify({
    logger: { level: options.logLevel, redact: ['req.headers'], stream: standardError },
    // One line of our own for each request, in observe.ts.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    genReqId: requestId,
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 500,
      querystringParser: (text) =>
        qs.parse(text, { depth: 2, parameterLimit: 200, arrayLimit: 200 }) as never,
    },
    clientErrorHandler: refuseUnreadable,
    // An address that cannot be read meets no hook.
    frameworkErrors: (error, request, reply) =>
      send(reply.header('x-request-id', request.id), failureOf(error) ?? failures.internal()),
  })
  readJson(app)
  observe(app, database, options.metrics)
  if (options.corsOrigins.length > 0)
    await app.register(cors, { origin: options.corsOrigins, exposedHeaders: '*' })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.headers(securityHeaders)
    reply.header('content-security-policy', contentPolicy(request.url))
  })
  app.setNotFoundHandler((_request, reply) => send(reply, failures.routeNotFound()))
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error)
    if (!failure) request.log.error({ err: error }, 'request failed')
    return send(reply, failure ?? failures.internal())
  })
  await app.register(async (api) => addRoutes(api, database, routes, options), { prefix: apiBase })
  return app
}

function addRoutes(api: FastifyInstance, database: Database, routes: Route[], options: HttpOptions) {
  const { publicUrl, afterWrite } = options
  const authenticate = createAuthenticator({ gate: createGate(database.pool), db: database.db, publicUrl })
  const streams = createStreams(database, (error) => api.log.error({ err: error }, 'stream'))
  api.addHook('preClose', () => streams.close())
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  for (const route of routes) {
    const { permission } = route
    if (permission === 'public') {
      addPublicRoute(api, database, route, publicUrl)
      continue
    }
    const reader = readerOf(routes, route)
    api.route({
      method: route.method,
      url: pathOf(route),
      schema: { response: { 200: route.answer, 201: route.answer } },
      async onRequest(request, reply) {
        const outcome = await authenticate(request, reply, permission)
        if ('status' in outcome) return send(reply, outcome)
        request.caller = outcome
      },
      handler: (request, reply) =>
        route.isStream
          ? streams.open(request.caller!, request, reply)
          : runRoute(
              database.db,
              { route, reader, caller: request.caller!, request, publicUrl, operator: options, afterWrite },
              reply,
            ),
    })
  }
  refuseOtherMethods(api, routes, options)
}

/** For whom nobody knows yet: no caller, no account, and the handler itself says what commits together. */
function addPublicRoute(api: FastifyInstance, database: Database, route: Route, publicUrl: string) {
  api.route({
    method: route.method,
    url: pathOf(route),
    schema: { response: { 200: route.answer } },
    handler: (request, reply) => runPublicRoute(database, route, publicUrl, request, reply),
  })
}

/** Fastify answers 404 to a wrong method; the contract wants 405 with what is allowed. */
function refuseOtherMethods(api: FastifyInstance, routes: Route[], options: HttpOptions) {
  for (const [url, here] of Map.groupBy(routes, pathOf)) {
    const allowed = new Set<HTTPMethods>(here.map((route) => route.method))
    if (allowed.has('GET')) allowed.add('HEAD')
    if (options.corsOrigins.length > 0) allowed.add('OPTIONS')
    const failure = failures.methodNotAllowed([...allowed].join(', '))
    api.route({
      method: methods.filter((method) => !allowed.has(method)),
      url,
      onRequest: async (_request: FastifyRequest, reply: FastifyReply) => send(reply, failure),
      handler: (_request, reply) => send(reply, failure),
    })
  }
}

const pathOf = (route: Route) => route.path.replace(/\{(\w+)\}/g, ':$1')

const send = (reply: FastifyReply, failure: Failure) =>
  reply
    .status(failure.status)
    .headers(failure.headers ?? {})
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(failure.body)

/** The API shows nothing in a browser; the pages run no script but the reference's own. */
function contentPolicy(url: string) {
  const path = url.split('?', 1)[0]!
  if (path === '/docs' || path.startsWith('/docs/'))
    return `default-src 'self' data: blob: 'unsafe-inline'; frame-ancestors 'none'`
  return `default-src 'none'; frame-ancestors 'none'`
}

/** A client's own id is kept when it is well-formed, so that its log and ours can be read together. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }) {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{8,128}$/.test(given) ? given : randomUUID()
}

/** What is no HTTP, or more of it than fits, reaches no route: it is answered on the bare connection. */
function refuseUnreadable({ code }: Error & { code?: string }, socket: Socket) {
  if (code === 'ECONNRESET' || socket.destroyed) return
  const { status, body } = code === 'HPE_HEADER_OVERFLOW' ? failures.headersTooLarge() : failures.unreadable()
  const text = JSON.stringify(body)
  if (socket.writable) {
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'Content-Type: application/json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(text)}`,
        `X-Request-Id: ${randomUUID()}`,
        'Connection: close',
        '',
        text,
      ].join('\r\n'),
    )
  }
  socket.destroy()
}

/** JSON, and an empty body where none is needed; keys that would reach into prototypes are left out. */
function readJson(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('remove', 'remove')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(.+\+)?json(\s*;|$)/i,
    { parseAs: 'string' },
    (request, body, done) => {
      if (String(body).trim() === '') return done(null, {})
      parse(request, String(body), (error, value) =>
        !error && isDeeper(value, deepestBody) ? done(nestedTooDeeply()) : done(error, value),
      )
    },
  )
}

// Nothing that we take is nested deeper than this; whatever walks a body may recurse without fear.
const deepestBody = 50
const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)))
const nestedTooDeeply = () => Object.assign(new Error('The body is nested too deeply'), { statusCode: 400 })
