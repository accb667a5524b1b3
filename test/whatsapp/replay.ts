type Documented = { method: string; path: string; headers: Record<string, string>; body: unknown }

/** Sends a documented request as it is written, but for the secrets that it only names. */
export async function replay(origin: string, request: Documented, secrets: Record<string, string>) {
  const filled = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Object.entries(secrets).reduce((text, [mark, secret]) => text.replace(mark, secret), value),
  ])
  const answer = await fetch(origin + request.path, {
    method: request.method,
    headers: filled,
    body: request.body === null ? null : JSON.stringify(request.body),
  })
  return { status: answer.status, body: await answer.json() }
}

/** Where an answer lacks what the documented one has, or has it in another type. */
export function sameShape(answer: unknown, documented: unknown, path = '$'): string[] {
  if (kindOf(answer) !== kindOf(documented))
    return [`${path} is ${kindOf(answer)}, not ${kindOf(documented)}`]
  if (Array.isArray(documented))
    return documented.length === 0 ? [] : sameShape((answer as unknown[])[0], documented[0], `${path}[0]`)
  if (kindOf(documented) !== 'object') return []
  return Object.entries(documented as object).flatMap(([key, value]) =>
    sameShape((answer as Record<string, unknown>)[key], value, `${path}.${key}`),
  )
}

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
