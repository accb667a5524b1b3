import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { changeAccount, findAccount, listAccounts } from '#accounts/accounts.ts'
import { createKey, listKeys, revokeKeyAnywhere } from '#accounts/keys.ts'
import { hashPassword } from '#accounts/passwords.ts'
import { type PlanName, planNames } from '#accounts/plans.ts'
import { scopes } from '#accounts/scopes.ts'
import { roles, type Role as UserRole } from '#accounts/tables.ts'
import { createSignInLink, createUser } from '#accounts/users.ts'
import { type Config, readConfig } from '#config.ts'
import { examine } from '#doctor.ts'
import { openStore, type Role } from '#main.ts'
import type { Database } from '#platform/database.ts'
import { Refused } from '#platform/errors.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import { readInstant } from '#platform/values.ts'
import { serve } from '#serve.ts'
import { foundAccount } from '#setup.ts'
import manifest from '../package.json' with { type: 'json' }

const actor: Actor = { type: 'system', id: null, name: 'command line' }

const program = new Command('funil')
  .description('Funil, a self-hosted CRM for teams that sell on WhatsApp.')
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError('(add --help for what it takes)')

program
  .command('serve')
  .description('run the server until it is told to stop')
  .option('--port <n>', 'port to listen on', wholeNumber)
  .option('--host <host>', 'address to listen on')
  .addOption(
    new Option('--role <role>', 'what this process does').choices(['api', 'worker', 'all']).default('all'),
  )
  .action(async (options: { port?: number; host?: string; role: Role }) => {
    const env = { ...process.env }
    if (options.port !== undefined) env.PORT = String(options.port)
    if (options.host !== undefined) env.HOST = options.host
    await serve(readConfig(env), options.role)
  })

const account = program.command('account').description('accounts: create, list, suspend, activate, plan')

printing(account.command('create'))
  .description('create an account with a starter pipeline')
  .requiredOption('--name <name>', 'the company’s name', filled)
  .addOption(new Option('--plan <plan>', 'its plan').choices(planNames).default('unlimited'))
  .action((options: { name: string; plan: PlanName; json?: boolean }) =>
    withDatabase(options, async ({ db }) => shownAccount(await foundAccount(db, options))),
  )

printing(account.command('list'))
  .description('list all accounts')
  .action((options) => withDatabase(options, async ({ db }) => (await listAccounts(db)).map(shownAccount)))

for (const [verb, status] of [
  ['suspend', 'suspended'],
  ['activate', 'active'],
] as const) {
  printing(account.command(`${verb} <id>`))
    .description(`${verb} an account; its keys feel it at the next request`)
    .action((id: string, options) =>
      inAccountOf(options, wholeNumber(id), async (scope) =>
        shownAccount(await changeAccount(scope, { status })),
      ),
    )
}

printing(account.command('plan <id> <plan>'))
  .description(`put an account on a plan: ${planNames.join(', ')}`)
  .option('--max-leads <n>', 'a limit of its own for leads', wholeNumber)
  .action((id: string, plan: string, options: { maxLeads?: number; json?: boolean }) => {
    if (!planNames.includes(plan as PlanName)) {
      throw new OperatorError(`There is no plan "${plan}". Choose one of: ${planNames.join(', ')}.`)
    }
    const limits = options.maxLeads === undefined ? {} : { leads: options.maxLeads }
    return inAccountOf(options, wholeNumber(id), async (scope) =>
      shownAccount(await changeAccount(scope, { plan: plan as PlanName, limits })),
    )
  })

const user = program.command('user').description('people: create')

printing(user.command('create'))
  .description('create a user, with a one-time sign-in link')
  .requiredOption('--account <id>', 'the account', wholeNumber)
  .requiredOption('--name <name>', 'the person’s name', filled)
  .requiredOption('--email <email>', 'the e-mail address to sign in with', emailAddress)
  .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
  .option('--password <password>', 'a password, beside the link')
  .action(
    (options: {
      account: number
      name: string
      email: string
      role: UserRole
      password?: string
      json?: boolean
    }) =>
      inAccountOf(options, options.account, async (scope, config) => {
        const passwordHash = options.password ? await hashPassword(options.password) : null
        const created = await createUser(scope, { ...options, passwordHash })
        const token = await createSignInLink(scope, created.id)
        return { ...created, sign_in_link: `${config.publicUrl}/sign-in?token=${token}` }
      }),
  )

const key = program.command('key').description('API keys: create, list, revoke')

printing(key.command('create'))
  .description('create an API key; it is shown this once')
  .requiredOption('--account <id>', 'the account', wholeNumber)
  .requiredOption('--name <name>', 'what it is for', filled)
  .option('--scopes <a,b>', 'only these scopes; every one unless said', scopeList)
  .option('--expires-at <iso>', 'when it stops working', instant)
  .option('--rate <n>', 'requests a minute', wholeNumber)
  .action(
    (options: {
      account: number
      name: string
      scopes?: string[]
      expiresAt?: Date
      rate?: number
      json?: boolean
    }) =>
      inAccountOf(options, options.account, async (scope) => {
        const created = await createKey(scope, { ...options, rateLimit: options.rate })
        const { id, key, prefix, scopes, expires_at } = created
        return { id, key, prefix, scopes, expires_at }
      }),
  )

printing(key.command('list'))
  .description('list an account’s keys by their prefix')
  .requiredOption('--account <id>', 'the account', wholeNumber)
  .action((options: { account: number; json?: boolean }) => inAccountOf(options, options.account, listKeys))

printing(key.command('revoke <id>'))
  .description('revoke a key; it is refused from the very next request')
  .action((id: string, options) => withDatabase(options, ({ db }) => revokeKeyAnywhere(db, wholeNumber(id))))

printing(program.command('doctor'))
  .description('look for what is wrong with this installation, and say what to do')
  .action(async (options: { json?: boolean }) => {
    const findings = await examine(readConfig())
    print(findings, options, () =>
      findings.map(({ ok, what }) => `${ok ? 'ok  ' : 'FAIL'} ${what}`).join('\n'),
    )
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1
  })

await program.parseAsync().catch(explain)

function printing(command: Command) {
  return command.option('--json', 'one JSON object or array on standard output')
}

async function withDatabase(
  options: { json?: boolean },
  work: (database: Database, config: Config) => Promise<object>,
): Promise<void> {
  const config = readConfig()
  const store = await openStore(config)
  try {
    print(await work(store.database, config), options)
  } finally {
    await store.close()
  }
}

const inAccountOf = (
  options: { json?: boolean },
  accountId: number,
  work: (scope: Scope, config: Config) => Promise<object>,
) =>
  withDatabase(options, ({ db }, config) =>
    inAccount(db, accountId, actor, async (scope) => {
      await findAccount(scope)
      return work(scope, config)
    }),
  )

function shownAccount({ id, name, plan, status, limits }: Awaited<ReturnType<typeof findAccount>>) {
  return { id, name, plan, status, ...(Object.keys(limits).length > 0 ? { limits } : {}) }
}

function print(result: object, { json }: { json?: boolean }, inWords = () => table(result)) {
  console.log(json ? JSON.stringify(result) : inWords())
}

function table(result: object) {
  const rows = Array.isArray(result) ? result : [result]
  if (rows.length === 0) return 'None.'
  return rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name}: ${shownValue(value)}`)
        .join('\n'),
    )
    .join('\n\n')
}

const shownValue = (value: unknown) =>
  value instanceof Date
    ? value.toISOString()
    : Array.isArray(value)
      ? value.join(', ')
      : value && typeof value === 'object'
        ? JSON.stringify(value)
        : String(value ?? '-')

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < 0) throw new InvalidArgumentError(`"${text}" is not a whole number.`)
  return value
}

function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text.trim()
}

function emailAddress(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not an e-mail address.`)
  return text
}

function instant(text: string): Date {
  const value = readInstant(text)
  if (!value)
    throw new InvalidArgumentError(`"${text}" is not an ISO 8601 instant such as 2026-12-31T23:59:59Z.`)
  return value
}

function scopeList(text: string): string[] {
  const wanted = text.split(',').flatMap((scope) => scope.trim() || [])
  const unknown = wanted.find((scope) => !(scopes as readonly string[]).includes(scope))
  if (unknown || wanted.length === 0) {
    throw new InvalidArgumentError(
      `${unknown ? `There is no scope "${unknown}". ` : ''}Choose from: ${scopes.join(', ')}.`,
    )
  }
  return wanted
}

/** What is the operator's to mend is one line; the rest is ours, and shows where it happened. */
function explain(error: unknown) {
  process.exitCode = 1
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode
  } else if (error instanceof OperatorError || error instanceof InvalidArgumentError) {
    console.error(`funil: ${error.message}`)
  } else if (error instanceof Refused) {
    const { refusal } = error
    const reason =
      refusal.kind === 'not-found'
        ? `There is no such ${refusal.what}; check the id.`
        : refusal.kind === 'invalid'
          ? Object.values(refusal.errors).flat().join(' ')
          : 'Not allowed.'
    console.error(`funil: ${reason}`)
  } else {
    console.error(error)
  }
}
