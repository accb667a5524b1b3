import { readConfig } from '#config.ts'
import { type Role, startServer } from '#main.ts'
import { openDatabase } from '#platform/database.ts'

// A server or a worker in a process of its own, so that a test can kill it. Says its port and lives until then.
const config = { ...readConfig(), port: 0, host: '127.0.0.1', logLevel: 'fatal' }
const database = openDatabase(config.databaseUrl!, { size: 6 })
const { port } = await startServer(config, database, process.argv[2] as Role)
process.send!(port)
process.on('disconnect', () => process.exit())
