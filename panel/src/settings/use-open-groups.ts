import { useSession } from '../api/session.ts'
import { groups } from './sections.ts'

/** The sections that this person may look at, in their groups. */
export function useOpenGroups() {
  const { permissions } = useSession()
  return groups
    .map(({ name, sections }) => ({
      name,
      sections: sections.filter(({ needs }) => !needs || permissions.includes(needs)),
    }))
    .filter(({ sections }) => sections.length > 0)
}
