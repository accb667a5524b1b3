import { type UseQueryOptions, useQueries } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is answered is nobody's business here
type Look = UseQueryOptions<any, ApiFailure, any, any>

/** Asks all of these at once, and says whether they are there or have failed: shown together, nothing jumps. */
export const useTogether = (queries: Look[]) => useQueries({ queries }).every(({ isPending }) => !isPending)
