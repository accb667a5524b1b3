import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3 } from '#platform/s3.ts'

const keys = { accessKeyId: 'AKIAFORTESTS', secretAccessKey: 'a/secret+for tests' }

/** A bucket that believes nobody: it checks each signature by Amazon's own description, and each digest. */
export async function startS3() {
  const kept = new Map<string, Buffer>()
  const refused: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const problem = problemWith(request, body)
    if (problem) {
      refused.push(problem)
      return response.writeHead(403).end(problem)
    }
    const key = request.url!.replace('/funil-files/', '')
    const file = kept.get(key)
    if (request.method === 'PUT') kept.set(key, body)
    if (request.method === 'DELETE') kept.delete(key)
    if (request.method !== 'GET') return response.writeHead(request.method === 'PUT' ? 200 : 204).end()
    if (!file) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (start === undefined) return response.writeHead(200).end(file)
    response.writeHead(206).end(file.subarray(Number(start), Number(end) + 1))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings: S3 = { endpoint, region: 'sa-east-1', bucket: 'funil-files', ...keys }
  return { settings, kept, refused, close: () => server.close() }
}

function problemWith({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
  const given = String(headers['x-amz-content-sha256'])
  if (given !== createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch'
  const [, credential, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (!credential || !signed) return 'AccessDenied'
  const [accessKeyId, day, region, service] = credential.split('/')
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId'
  const canonicalHeaders = signed
    .split(';')
    .map((name) => `${name}:${headers[name]}\n`)
    .join('')
  const canonical = [method, url, '', canonicalHeaders, signed, given].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n')
  const sign = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const key = [day!, region!, service!, 'aws4_request'].reduce<string | Buffer>(
    sign,
    `AWS4${keys.secretAccessKey}`,
  )
  return sign(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}
