import pg from 'pg'

const channel = 'funil_written'
const quietMs = 20
const reconnectMs = 1000

/** Rung after a commit: it makes others look sooner. It may be missed, so nobody relies on it.
 *
 * Within a transaction it would make all commits wait for each other; and many rings in a moment are one.
 */
export function createBell(pool: pg.Pool) {
  let timer: NodeJS.Timeout | undefined
  let isAgain = false
  const send = () => pool.query(`select pg_notify('${channel}', '')`).catch(() => {})
  function rest() {
    timer = undefined
    if (!isAgain) return
    isAgain = false
    ring()
  }
  function ring() {
    if (timer) {
      isAgain = true
      return
    }
    timer = setTimeout(rest, quietMs)
    timer.unref()
    void send()
  }
  return ring
}

type Ears = { line: Line; hearers: Set<() => void> }
const ears = new WeakMap<pg.Pool, Ears>()

/** Hears the bell on the one connection that this process has for it, from the first who listens to the last. */
export function hearBell(pool: pg.Pool, onRing: () => void): Pick<Line, 'ask' | 'close'> {
  const { line, hearers } = ears.get(pool) ?? openEars(pool)
  hearers.add(onRing)
  return {
    ask: line.ask,
    async close() {
      if (!hearers.delete(onRing) || hearers.size > 0) return
      ears.delete(pool)
      await line.close()
    },
  }
}

function openEars(pool: pg.Pool): Ears {
  const hearers = new Set<() => void>()
  const ring = () => {
    for (const hear of hearers) hear()
  }
  const opened = {
    hearers,
    line: openLine(pool, { name: 'funil bell', onRing: ring, onOpen: ring, onLost: () => {} }),
  }
  ears.set(pool, opened)
  return opened
}

export type Line = {
  /** Asks on this connection, one thing after another: what it locks is free again as soon as it ends. Null when it is down. */
  ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[] | null>
  close(): Promise<void>
}

/** A connection of its own that hears the bell, made again when it breaks. `onLost` is told at once. */
export function openLine(
  pool: pg.Pool,
  {
    name,
    onRing,
    onOpen,
    onLost,
  }: { name: string; onRing: () => void; onOpen: () => void; onLost: () => void },
): Line {
  let client: pg.Client | null = null
  let isClosed = false
  let retry: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  async function open() {
    const next = new pg.Client({
      ...pool.options,
      application_name: name,
      // A worker that fell off the network is noticed within half a minute.
      options:
        '-c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
      keepAlive: true,
    })
    next.on('error', () => {})
    next.once('end', () => lost(next))
    next.on('notification', onRing)
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      if (isClosed) return await next.end()
      client = next
      onOpen()
    } catch {
      await next.end().catch(() => {})
      again()
    }
  }
  function lost(which: pg.Client) {
    if (client !== which) return
    client = null
    onLost()
    again()
  }
  function again() {
    clearTimeout(retry)
    if (!isClosed) retry = setTimeout(open, reconnectMs)
  }
  void open()
  return {
    ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]) {
      const answer = turn.then(async () => {
        const asked = client
        const rows = asked ? (await asked.query<Row>(text, values)).rows : null
        return client === asked ? rows : null
      })
      turn = answer.catch(() => {})
      return answer
    },
    async close() {
      isClosed = true
      clearTimeout(retry)
      const last = client
      client = null
      await last?.end()
    },
  }
}
