import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { openApi } from '#http/openapi.ts'
import { addPanel } from '#http/panel.ts'
import type { Route } from '#platform/route.ts'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0f766e" d="M1 2h14l-5 6v6l-4-2V8z"/></svg>'

/** What a browser opens: the reference, and the panel. */
export async function addPages(app: FastifyInstance, routes: Route[], version: string) {
  const document = openApi(routes, version)
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
  await addPanel(app)
}
