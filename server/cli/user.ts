import { type Command, Option } from 'commander'
import { createSignInLink, linkAddress } from '#accounts/links.ts'
import { hashPassword } from '#accounts/passwords.ts'
import { type Role, roles } from '#accounts/tables.ts'
import { createUser } from '#accounts/users.ts'
import { emailAddress, filled, goodPassword, positive } from '#cli/options.ts'
import { inAccountOf, type Printing, printing } from '#cli/run.ts'

type NewUser = { account: number; name: string; email: string; role: Role; password?: string }

export function addUserCommands(program: Command) {
  const user = program.command('user').description('people: create')

  printing(user.command('create'))
    .description('create a user, with a link that signs them in once, within 7 days')
    .requiredOption('--account <id>', 'the account', positive)
    .requiredOption('--name <name>', 'the person’s name', filled)
    .requiredOption('--email <email>', 'the e-mail address to sign in with', emailAddress)
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--password <password>', 'a password, beside the link', goodPassword)
    .action(async ({ password, ...options }: NewUser & Printing) => {
      const passwordHash = password ? await hashPassword(password) : null
      await inAccountOf(options, options.account, async (scope, { publicUrl }) => {
        const { id, name, email, role } = await createUser(scope, { ...options, passwordHash })
        const token = await createSignInLink(scope, id)
        return { id, name, email, role, sign_in_link: linkAddress(publicUrl, token) }
      })
    })
}
