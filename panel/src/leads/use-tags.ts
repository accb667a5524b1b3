/** The account's tags, for suggestions. */
export const useTags = (): string[] => []
