import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the library's parameters, which follow OWASP's; the result carries its own salt and settings. */
export const hashPassword = (password: string) => hash(password)

export const passwordFits = (passwordHash: string, password: string) => verify(passwordHash, password)
