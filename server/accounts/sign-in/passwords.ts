import { hash, verify } from '@node-rs/argon2'
import { Type } from 'typebox'
import { randomToken } from '#platform/secrets.ts'

/** A password as people choose it: kept to the letter, spaces at its ends included. */
export const Password = Type.String({ minLength: 8, maxLength: 200, 'x-untrimmed': true })

/** Argon2id with the library's parameters, which follow OWASP's; the result carries its own salt and settings. */
export const hashPassword = (password: string) => hash(password)

export const passwordFits = (passwordHash: string, password: string) => verify(passwordHash, password)

let nobodys: Promise<string> | undefined

/** A hash that no password fits: an address without a user costs as much time as one with. */
export const nobodysHash = () => {
  nobodys ??= hashPassword(randomToken(40))
  return nobodys
}
