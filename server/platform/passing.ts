/** What the database undid, or had no room or no time for, and a connection that broke: done again, it may well succeed. */
export function isPassing(error: unknown): boolean {
  const { cause = error } = error as { cause?: unknown }
  const { code = '', message = '' } = cause as { code?: string; message?: string }
  return passing.test(code) || (code === '' && /connection|trying to connect|not queryable/i.test(message))
}

const passing = /^(40001|40P01|55P03|57014|25P03|25P04|08|53|57P|ECONN|EPIPE|ETIMEDOUT)/
