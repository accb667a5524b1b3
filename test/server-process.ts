import { readConfig } from '#config.ts'
import { startServer } from '#main.ts'
import { openDatabase } from '#platform/database.ts'

// A server in a process of its own, so that a test can kill it. Says its port and lives until then.
const config = { ...readConfig(), port: 0, host: '127.0.0.1', logLevel: 'silent' }
const database = openDatabase(config.databaseUrl!, { size: 6 })
const { port } = await startServer(config, database, 'api')
process.send!(port)
process.on('disconnect', () => process.exit())
