import type { Outside } from '#whatsapp/channels.ts'
import type { Lane } from '#whatsapp/inbox/lanes.ts'

/** Reads what this number was told and is due; says whether there is more. */
export async function readNumber(
  _outside: Outside,
  _lane: Lane,
  _onTrouble: (error: unknown) => void,
): Promise<boolean> {
  return false
}
