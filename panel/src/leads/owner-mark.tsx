import { useWords } from '../words/words.ts'

type Owner = { name: string } | null | undefined

/** Whose lead it is, as two letters. */
export function OwnerMark({ owner }: { owner: Owner }) {
  const { leads } = useWords()
  const name = owner?.name ?? leads.noOwner
  return (
    <span className="owner-mark" title={name} data-nobody={!owner || undefined}>
      <span aria-hidden>{owner ? initials(owner.name) : '–'}</span>
      <span className="only-heard">{name}</span>
    </span>
  )
}

const initials = (name: string) => {
  const words = name.trim().split(/\s+/)
  return `${words[0]![0]}${words.length > 1 ? words.at(-1)![0] : ''}`.toUpperCase()
}
