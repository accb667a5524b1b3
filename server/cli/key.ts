import type { Command } from 'commander'
import { createKey, listKeys, revokeKeyAnywhere } from '#accounts/keys/keys.ts'
import { filled, instant, positive, scopeList } from '#cli/options.ts'
import { inAccountOf, type Printing, printing, withDatabase } from '#cli/run.ts'

type NewKey = { account: number; name: string; scopes?: string[]; expiresAt?: Date; rate?: number }

export function addKeyCommands(program: Command) {
  const key = program.command('key').description('API keys: create, list, revoke')

  printing(key.command('create'))
    .description('create an API key; it is shown this once')
    .requiredOption('--account <id>', 'the account', positive)
    .requiredOption('--name <name>', 'what it is for', filled)
    .option('--scopes <a,b>', 'only these scopes; every one unless said', scopeList)
    .option('--expires-at <iso>', 'when it stops working; may be past, to try what clients do then', instant)
    .option('--rate <n>', 'requests a minute; 60 unless said', positive)
    .action((options: NewKey & Printing) =>
      inAccountOf(options, options.account, async (scope) => {
        const created = await createKey(scope, { ...options, rateLimit: options.rate })
        const { id, key, prefix, scopes, expires_at } = created
        return { id, key, prefix, scopes, expires_at }
      }),
    )

  printing(key.command('list'))
    .description('list an account’s keys by their prefix')
    .requiredOption('--account <id>', 'the account', positive)
    .action((options: { account: number } & Printing) => inAccountOf(options, options.account, listKeys))

  printing(key.command('revoke'))
    .argument('<id>', 'the key’s id, as key list shows it', positive)
    .description('revoke a key; it is refused from the very next request')
    .action((id: number, options: Printing) => withDatabase(options, ({ db }) => revokeKeyAnywhere(db, id)))
}
