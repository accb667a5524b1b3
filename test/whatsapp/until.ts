const patienceMs = 30_000
const pauseMs = 10

/** Waits for it, and says what it waited for when it does not come. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`It never happened: ${what}.`)
    await new Promise((done) => setTimeout(done, pauseMs))
  }
}
