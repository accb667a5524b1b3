import { PgBoss } from 'pg-boss'
import type { Database } from '#platform/database.ts'

export type Jobs = PgBoss
export type Schedule = { name: string; cron: string; work: () => Promise<unknown> }

/** The queue in our own database: a job exists only if the transaction that asked for it commits. */
export async function openJobs({ pool }: Database, onError: (error: Error) => void): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
  })
  boss.on('error', onError)
  await boss.start()
  return boss
}

export async function runSchedules(jobs: Jobs, schedules: Schedule[]) {
  for (const { name, cron, work } of schedules) {
    await jobs.createQueue(name)
    await jobs.schedule(name, cron)
    await jobs.work(name, work)
  }
}
