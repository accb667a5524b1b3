import { findHolder } from '#leads/identity/identity.ts'
import type { Scope } from '#platform/scope.ts'
import { identitiesIn } from '#whatsapp/inbox/people.ts'
import type { Happening, Person, Provider } from '#whatsapp/provider.ts'

/** A stranger behind a hidden id: the provider may know the phone. It is asked outside of every transaction. */
export async function withPhone(scope: Scope, provider: Provider, told: Happening): Promise<Happening> {
  if (told.happening !== 'message') return told
  const { person } = told.message
  if (!isHidden(person) || (await findHolder(scope, identitiesIn(person))) !== null) return told
  const answer = await provider.phoneBehind(person.address!)
  if ('failure' in answer || answer.found === null) return told
  const phone = answer.found
  const identities = [...person.identities, { kind: 'phone' as const, value: phone }]
  return { ...told, message: { ...told.message, person: { ...person, phone, identities } } }
}

const isHidden = ({ phone, address, identities }: Person) =>
  phone === null && address !== null && identities.some(({ kind }) => kind === 'lid')
