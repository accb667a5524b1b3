import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifyReply } from 'fastify'
import qs from 'qs'
import { endSession, findSession, sessionCookie, sessionTokenOf } from '#accounts/sessions.ts'
import { Credentials, signIn, signInByLink } from '#accounts/sign-in.ts'
import { failureOf, failures } from '#http/failures.ts'
import { openApi } from '#http/openapi.ts'
import { originOf } from '#http/origin.ts'
import { check } from '#http/validation.ts'
import type { Database } from '#platform/database.ts'
import { ruled } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Route } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0f766e" d="M1 2h14l-5 6v6l-4-2V8z"/></svg>'

/** What a browser opens: the reference, the sign-in link, and a plain page until there is a panel. */
export async function addPages(
  app: FastifyInstance,
  database: Database,
  routes: Route[],
  options: { version: string; publicUrl: string },
) {
  const document = openApi(routes, options.version)
  app.get('/openapi.json', async () => document)
  app.get('/favicon.ico', async (_request, reply) => reply.type('image/svg+xml').send(icon))
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Funil API',
      showDeveloperTools: 'never',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
      persistAuth: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      authentication: { preferredSecurityScheme: 'apiKey' },
    } as never,
  })
  await app.register(async (pages) => addSignIn(pages, database, options.publicUrl))
}

function addSignIn(pages: FastifyInstance, database: Database, publicUrl: string) {
  pages.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, qs.parse(String(body))),
  )

  // A form of another site must not sign anybody in or out.
  pages.addHook('preHandler', async (request, reply) => {
    const isForeign = request.method === 'POST' && originOf(request, publicUrl) === 'foreign'
    if (isForeign) return html(reply.status(403), said(failures.foreignOrigin().body.message))
  })

  pages.get('/', async (request, reply) => {
    const token = sessionTokenOf(request.headers.cookie)
    const session = token ? await findSession(database.db, token) : null
    return html(
      reply,
      session ? greeting(session.name) : `<p>O servidor está no ar.</p>${signInForm()}${links}`,
    )
  })

  // A link that is only looked at, by a mail scanner or a preview, stays good: the button uses it.
  pages.get('/sign-in', async (request, reply) => {
    const { token } = request.query as { token?: string }
    return html(reply, token ? linkForm(String(token)) : signInForm())
  })

  pages.post('/sign-in', async (request, reply) => {
    const form = (request.body ?? {}) as { token?: unknown; email?: unknown }
    try {
      const session = await signInWith(database, request.ip, form)
      return reply.header('set-cookie', sessionCookie(session, publicUrl)).redirect('/', 303)
    } catch (error) {
      const failure = failureOf(error)
      if (!failure) throw error
      // A link that is used up is gone for good; everything else can be tried again.
      const status = form.token && failure.status === 422 ? 410 : failure.status
      const { message, accounts } = failure.body as { message: string; accounts?: Choice[] }
      return html(
        reply.status(status).headers(failure.headers ?? {}),
        `${said(message)}${signInForm(String(form.email ?? ''), accounts)}`,
      )
    }
  })

  pages.post('/sign-out', async (request, reply) => {
    const token = sessionTokenOf(request.headers.cookie)
    const session = token ? await findSession(database.db, token) : null
    if (session) {
      const { accountId, userId: id, name } = session
      const scope: Scope = {
        accountId,
        actor: { type: 'user', id, name },
        db: database.db,
        requestId: request.id,
      }
      await endSession(scope, token!)
    }
    return reply.header('set-cookie', sessionCookie(null, publicUrl)).redirect('/', 303)
  })
}

type Choice = { id: number; name: string }

async function signInWith(database: Database, ip: string, form: { token?: unknown }) {
  if (typeof form.token === 'string') return signInByLink(database, ip, form.token)
  const { value, errors } = check(Credentials, form)
  if (Object.keys(errors).length > 0) throw ruled(messages.signInRefused)
  return signIn(database, ip, value as Credentials)
}

const greeting = (name: string) => `<p>Você entrou como <strong>${escaped(name)}</strong>.</p>
  <form method="post" action="/sign-out"><button>Sair</button></form>${links}`

const linkForm = (token: string) => `<form method="post" action="/sign-in">
  <input type="hidden" name="token" value="${escaped(token)}"><button>Entrar no Funil</button></form>`

const signInForm = (email = '', accounts: Choice[] = []) => `<form method="post" action="/sign-in">
  ${accounts.length > 0 ? accountChoice(accounts) : ''}
  <p><label>E-mail<br><input type="email" name="email" value="${escaped(email)}" autocomplete="username" required></label></p>
  <p><label>Senha<br><input type="password" name="password" autocomplete="current-password" required></label></p>
  <button>Entrar</button></form>
  <p>Esqueceu a senha, ou é a primeira vez? Use o link que um administrador lhe enviar.</p>`

const accountChoice = (accounts: Choice[]) => `<p><label>Conta<br><select name="account_id">
  ${accounts.map(({ id, name }) => `<option value="${id}">${escaped(name)}</option>`).join('')}</select></label></p>`

const said = (message: unknown) => `<p role="alert">${escaped(String(message))}</p>`

const links = '<p><a href="/docs">Referência da API</a> · <a href="/openapi.json">OpenAPI</a></p>'

const html = (reply: FastifyReply, content: string) =>
  reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><title>Funil</title>
<meta name="viewport" content="width=device-width"><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1.5rem;color:#0f172a}
h1{font-size:1.5rem}input,select{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}a{color:#0f766e}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;background:#0f766e;color:#fff;cursor:pointer}
@media (prefers-color-scheme:dark){body{background:#0f172a;color:#e2e8f0}a{color:#5eead4}}
</style></head><body><main><h1>Funil</h1>${content}</main></body></html>`)

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!)
