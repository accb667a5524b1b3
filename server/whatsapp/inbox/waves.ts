import type { Opened } from '#whatsapp/inbox/read-hook.ts'
import type { Happening, Person } from '#whatsapp/provider.ts'

/** Hooks that have nothing to do with each other are heard at once; of one person or message, one after another. */
export function wavesOf(hooks: Opened[], most: number): Opened[][] {
  const waves: Opened[][] = []
  let busy = new Set<string>()
  for (const hook of hooks) {
    const parties = hook.told.flatMap(partiesOf)
    const last = waves.at(-1)
    if (last && last.length < most && !parties.some((party) => busy.has(party))) last.push(hook)
    else {
      waves.push([hook])
      busy = new Set()
    }
    for (const party of parties) busy.add(party)
  }
  return waves
}

/** Whom it is about, by everything that they are known by, and which message. */
function partiesOf(told: Happening): string[] {
  switch (told.happening) {
    case 'message':
    case 'echo':
      return [told.message.id, ...namesOf(told.message.person)]
    case 'status':
      return [told.change.message_id, ...namesOf(told.change.recipient)]
    case 'edit':
    case 'revoke':
      return [told.message_id, ...namesOf(told.person)]
    case 'identity_changed':
      return [...namesOf(told.was), ...namesOf(told.is)]
    case 'preference':
      return namesOf(told.person)
    default:
      return [told.happening]
  }
}

const namesOf = ({ address, identities }: Person) => [address ?? '', ...identities.map(({ value }) => value)]
