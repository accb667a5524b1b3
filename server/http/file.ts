import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnown } from '#http/conditions.ts'
import { Failed, failures } from '#http/failures.ts'
import { notFound } from '#platform/errors.ts'
import type { StoredFile } from '#platform/route.ts'
import type { Range } from '#platform/shelf.ts'

/** Nothing that runs a script, such as SVG or HTML: a stranger made these files. */
const shownInBrowser = /^(image\/(jpeg|png|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/
// A sandboxed page cannot show a PDF in some browsers, which have a sandbox of their own for it.
const lonely =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; object-src 'self'"

/** A stranger's file: named, ranged, and unable to do anything in the reader's browser. */
export async function sendFile(file: StoredFile, request: FastifyRequest, reply: FastifyReply) {
  const mimeType = file.mimeType ?? 'application/octet-stream'
  const tag = `"${file.sha256}"`
  reply.headers({
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-type': mimeType,
    'content-disposition': contentDisposition(nameOf(file, mimeType), {
      type: shownInBrowser.test(mimeType) ? 'inline' : 'attachment',
    }),
    'content-security-policy': mimeType === 'application/pdf' ? lonely : `${lonely}; sandbox`,
  })
  if (isKnown(request.headers['if-none-match'], tag)) return reply.status(304).send()
  const range = rangeOf(request, tag, file.sizeBytes)
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 }
  const bytes = request.method === 'HEAD' ? Readable.from([]) : await file.open(range ?? undefined)
  if (!bytes) throw notFound('media')
  reply.header('content-length', end - start + 1)
  if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${file.sizeBytes}`)
  return reply.send(bytes)
}

/** The one part that is asked for; several at once are answered with the whole. */
function rangeOf({ headers }: FastifyRequest, tag: string, size: number): Range | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? []
  const isOfAnother = headers['if-range'] !== undefined && headers['if-range'] !== tag
  if (first === undefined || (first === '' && last === '') || isOfAnother) return null
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start > end) throw new Failed(failures.rangeUnsatisfiable(size))
  return { start, end }
}

function nameOf({ filename }: StoredFile, mimeType: string) {
  if (filename) return filename
  const [kind, subtype = ''] = mimeType.split('/')
  return `${kind}.${/^[a-z0-9]{2,5}$/.test(subtype) ? subtype : 'bin'}`
}
