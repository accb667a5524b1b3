import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { look } from '../../api/look.ts'

/** Waits for the conversation that a new customer's first message begins. */
export function useArrival(instanceId: number, arrived: (conversationId: number) => void) {
  const [phone, setPhone] = useState<string | null>(null)
  const asked = useQuery({
    ...look('GET /conversations', { query: { instance_id: instanceId, q: phone ?? '', per_page: 1 } }),
    enabled: phone !== null,
  })
  const found = phone === null ? undefined : asked.data?.data[0]?.id
  useEffect(() => {
    if (found === undefined) return
    setPhone(null)
    arrived(found)
  })
  return setPhone
}
