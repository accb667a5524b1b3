import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { AwsV4Signer } from 'aws4fetch'
import { Agent, request } from 'undici'
import type { Shelf } from '#platform/shelf.ts'

/** A bucket at Amazon, or anything that speaks like it. */
export type S3 = {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}
type Call = {
  method: 'GET' | 'PUT' | 'DELETE'
  key: string
  headers?: Record<string, string>
  body?: Readable
}

const patienceMs = 60_000
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Addressed by path, which every one of them understands. */
export function s3Shelf({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3): Shelf {
  const agent = new Agent({ headersTimeout: patienceMs, bodyTimeout: patienceMs })

  async function ask({ method, key, headers = {}, body }: Call) {
    const signer = new AwsV4Signer({
      method,
      url: `${endpoint}/${bucket}/${key}`,
      headers: { 'x-amz-content-sha256': emptySha256, ...headers },
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
    })
    const signed = await signer.sign()
    const answer = await request(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      body: body ?? null,
      dispatcher: agent,
    })
    const isMissing = answer.statusCode === missing
    if (answer.statusCode < 300) return answer.body
    await answer.body.dump()
    if (isMissing) return null
    throw new Error(`The bucket answered ${method} with ${answer.statusCode}.`)
  }

  return {
    async take(draft, key, { size_bytes, sha256 }) {
      const headers = { 'x-amz-content-sha256': sha256, 'content-length': String(size_bytes) }
      const answer = await ask({ method: 'PUT', key, headers, body: createReadStream(draft) })
      if (!answer) throw new Error('There is no such bucket.')
      await answer.dump()
    },
    open: (key, range) =>
      ask({ method: 'GET', key, headers: range ? { range: `bytes=${range.start}-${range.end}` } : {} }),
    async delete(key) {
      const answer = await ask({ method: 'DELETE', key })
      await answer?.dump()
    },
    close: () => agent.close(),
  }
}

const missing = 404
