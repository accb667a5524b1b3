import { type Command, Option } from 'commander'
import { createSignInLink, linkAddress } from '#accounts/sign-in/links.ts'
import { hashPassword } from '#accounts/sign-in/passwords.ts'
import { type Role, roles } from '#accounts/tables.ts'
import { createUser, listUsers, renewSignInLink } from '#accounts/users/users.ts'
import { emailAddress, filled, goodPassword, positive } from '#cli/options.ts'
import { inAccountOf, type Printing, printing } from '#cli/run.ts'

type NewUser = { account: number; name: string; email: string; role: Role; password?: string }

const mayAll = () => true

export function addUserCommands(program: Command) {
  const user = program.command('user').description('people: create, list, link')

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

  printing(user.command('list'))
    .description('list an account’s people, those who left included')
    .requiredOption('--account <id>', 'the account', positive)
    .action((options: { account: number } & Printing) =>
      inAccountOf(options, options.account, (scope) => listUsers(scope, { includeInactive: true })),
    )

  printing(user.command('link'))
    .argument('<id>', 'the user’s id, as user list shows it', positive)
    .description('make a new link for somebody who lost theirs or forgot their password')
    .requiredOption('--account <id>', 'the account', positive)
    .action((id: number, options: { account: number } & Printing) =>
      inAccountOf(options, options.account, async (scope, { publicUrl }) => ({
        sign_in_link: linkAddress(publicUrl, await renewSignInLink(scope, mayAll, id)),
      })),
    )
}
