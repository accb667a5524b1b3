import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const built = resolve(import.meta.dirname, '../../panel/dist')
// Mantine writes its variables into a style element; of scripts the page's own one is inline, and nothing comes from elsewhere.
const contentPolicyOf = (page: string) =>
  [
    `default-src 'none'`,
    `script-src 'self'${inlineScripts(page)}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `media-src 'self' blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

const inlineScripts = (page: string) =>
  [...page.matchAll(/<script>(.*?)<\/script>/gs)]
    .map(([, script]) => ` 'sha256-${createHash('sha256').update(script!).digest('base64')}'`)
    .join('')

/** The panel, as Vite built it: its files for ever, its page for every address that a person may open. */
export async function addPanel(app: FastifyInstance) {
  const isBuilt = existsSync(`${built}/index.html`)
  const page = isBuilt ? readFileSync(`${built}/index.html`, 'utf8') : notBuilt
  const contentPolicy = contentPolicyOf(page)
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: `${built}/assets`,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
      decorateReply: false,
    })
  }
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404 && isPlace(request)) return showPage(reply, page, contentPolicy)
  })
}

/** What a browser asks to show; neither the API nor a file. */
function isPlace({ method, url, headers }: FastifyRequest) {
  const path = url.split('?', 1)[0]!
  return (
    method === 'GET' &&
    headers.accept?.includes('text/html') &&
    !/^\/(api|assets)(\/|$)/.test(path) &&
    !/\.\w+$/.test(path)
  )
}

const showPage = (reply: FastifyReply, page: string, contentPolicy: string) =>
  reply
    .header('cache-control', 'no-cache')
    .header('content-security-policy', contentPolicy)
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(page)

const notBuilt = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Funil</title></head>
<body><h1>Funil</h1><p>The server is up, but its panel was not built. Run <code>npm run panel:build</code> and start it again.</p>
<p><a href="/docs">API reference</a></p></body></html>`
