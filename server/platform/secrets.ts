import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksumLength = 6

export const sha256 = (text: string) => createHash('sha256').update(text).digest()

export const randomToken = (length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** A secret that ends in its own checksum, so that a mistyped one is known without asking the database. */
export function checksummedToken(prefix: string, randomLength: number) {
  const body = prefix + randomToken(randomLength)
  return body + checksum(body)
}

export function hasValidChecksum(token: string) {
  return checksum(token.slice(0, -checksumLength)) === token.slice(-checksumLength)
}

function checksum(text: string) {
  let rest = crc32(text)
  let digits = ''
  while (digits.length < checksumLength) {
    digits = alphabet[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
