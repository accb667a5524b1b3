import { Button } from '@mantine/core'
import { useChange } from '../../api/change.tsx'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import type { NewLink } from './people.tsx'

/** Answers somebody who forgot their password. */
export function LinkButton({ user, show }: { user: User; show: (link: NewLink) => void }) {
  const words = useWords().settings.access
  const make = useNewLink(user, show)
  return (
    <Button
      size="xs"
      variant="light"
      loading={make.isPending}
      onClick={() => make.mutate({ params: { id: user.id } })}
    >
      {words.newLink}
    </Button>
  )
}

export const useNewLink = (user: User, show: (link: NewLink) => void) =>
  useChange('POST /users/{id}/sign-in-link', {
    done: ({ sign_in_link }) => show({ name: user.name, link: sign_in_link }),
  })
