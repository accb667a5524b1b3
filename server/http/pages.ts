import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifyReply } from 'fastify'
import qs from 'qs'
import { findSession, useSignInLink } from '#accounts/users.ts'
import { openApi } from '#http/openapi.ts'
import type { Database } from '#platform/database.ts'
import type { Route } from '#platform/route.ts'

const sessionCookie = 'funil_session'

/** What a browser opens: the reference, the sign-in link, and a plain page until there is a panel. */
export async function addPages(
  app: FastifyInstance,
  database: Database,
  routes: Route[],
  options: { version: string; publicUrl: string },
) {
  const document = openApi(routes, options.version)
  app.get('/openapi.json', async () => document)
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
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

  pages.get('/', async (request, reply) => {
    const token = /(?:^|;\s*)funil_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
    const session = token ? await findSession(database.db, token) : null
    return html(
      reply,
      session
        ? `<p>Você entrou como <strong>${escaped(session.name)}</strong>.</p>${links}`
        : `<p>O servidor está no ar. Para entrar, use o link mostrado na primeira execução.</p>${links}`,
    )
  })

  // A link that is only looked at, by a mail scanner or a preview, stays good: the button uses it.
  pages.get('/sign-in', async (request, reply) => {
    const { token = '' } = request.query as { token?: string }
    return html(
      reply,
      `<form method="post" action="/sign-in"><input type="hidden" name="token" value="${escaped(String(token))}">
       <button>Entrar no Funil</button></form>`,
    )
  })

  pages.post('/sign-in', async (request, reply) => {
    const { token } = (request.body ?? {}) as { token?: unknown }
    const session = typeof token === 'string' ? await useSignInLink(database.db, token) : null
    if (!session) {
      return html(
        reply.status(410),
        '<p>Este link já foi usado ou venceu. Peça outro a um administrador.</p>',
      )
    }
    const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
    reply.header(
      'set-cookie',
      `${sessionCookie}=${session.token}; Path=/; HttpOnly; SameSite=Lax; Expires=${session.expires.toUTCString()}${secure}`,
    )
    return reply.redirect('/', 303)
  })
}

const links = '<p><a href="/docs">Referência da API</a> · <a href="/openapi.json">OpenAPI</a></p>'

const html = (reply: FastifyReply, content: string) =>
  reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><title>Funil</title>
<meta name="viewport" content="width=device-width"><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1.5rem;color:#0f172a}
h1{font-size:1.5rem}a{color:#0f766e}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;background:#0f766e;color:#fff;cursor:pointer}
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
