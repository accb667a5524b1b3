import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { addAccountCommands } from '#cli/account.ts'
import { addDemoCommand } from '#cli/demo.ts'
import { addKeyCommands } from '#cli/key.ts'
import { tcpPort } from '#cli/options.ts'
import { type Printing, print, printing } from '#cli/run.ts'
import { addUserCommands } from '#cli/user.ts'
import { readConfig } from '#config.ts'
import { examine } from '#doctor.ts'
import type { Role } from '#main.ts'
import { Refused } from '#platform/errors.ts'
import { OperatorError } from '#platform/operator-error.ts'
import manifest from '../package.json' with { type: 'json' }

const settings = resolve(import.meta.dirname, '../.env')
if (existsSync(settings)) process.loadEnvFile(settings)

const program = new Command('funil')
  .description('Funil, a self-hosted CRM for teams that sell on WhatsApp.')
  .version(manifest.version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`${oneLine(text)} (--help says more)\n`) })

printing(program.command('serve'))
  .description('run the server until it is told to stop')
  .option('--port <n>', 'port to listen on (or PORT)', tcpPort)
  .option('--host <host>', 'address to listen on (or HOST)')
  .addOption(
    new Option('--role <role>', 'what this process does')
      .choices(['api', 'worker', 'all'] satisfies Role[])
      .default('all'),
  )
  .action(async (options: { port?: number; host?: string; role: Role } & Printing) => {
    const env = { ...process.env }
    if (options.port !== undefined) env.PORT = String(options.port)
    if (options.host !== undefined) env.HOST = options.host
    // Only here: the other commands are quicker without the whole server.
    const { serve } = await import('#serve.ts')
    await serve(readConfig(env), options.role, options)
  })

addAccountCommands(program)
addUserCommands(program)
addKeyCommands(program)
addDemoCommand(program)

printing(program.command('doctor'))
  .description('look for what is wrong with this installation, and say what to do')
  .action(async (options: Printing) => {
    const findings = await examine(readConfig())
    print(findings, options, () =>
      findings.map(({ ok, what }) => `${ok ? 'ok  ' : 'FAIL'} ${what}`).join('\n'),
    )
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1
  })

await program.parseAsync().catch(explain)

/** Whatever goes wrong is one line that says what to do. */
function explain(error: unknown) {
  process.exitCode = 1
  // Commander has told it already.
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else if (error instanceof OperatorError) console.error(oneLine(error.message))
  else if (error instanceof Refused) console.error(oneLine(refused(error)))
  else {
    console.error(`${oneLine(String(error))} (LOG_LEVEL=debug shows where; please report it)`)
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
  }
}

function refused({ refusal }: Refused) {
  switch (refusal.kind) {
    case 'not-found':
      return `There is no such ${refusal.what}; check the id.`
    case 'invalid':
      return Object.values(refusal.errors).flat().join(' ')
    case 'rule':
      return refusal.message
    default:
      return 'Not allowed.'
  }
}

function oneLine(text: string) {
  const words = text.replace(/^error: /, '').trim()
  return `funil: ${words.replace(/\s+/g, ' ')}`
}
