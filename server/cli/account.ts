import type { Command } from 'commander'
import { type Account, changeAccount, listAccounts } from '#accounts/accounts.ts'
import { type PlanName, planNames } from '#accounts/plans.ts'
import { filled, planName, positive, wholeNumber } from '#cli/options.ts'
import { inAccountOf, type Printing, printing, withDatabase } from '#cli/run.ts'
import { foundAccount } from '#setup.ts'

export function addAccountCommands(program: Command) {
  const account = program.command('account').description('accounts: create, list, suspend, activate, plan')

  printing(account.command('create'))
    .description('create an account with a starter pipeline')
    .requiredOption('--name <name>', 'the company’s name', filled)
    .option('--plan <plan>', `its plan: ${planNames.join(', ')}`, planName, 'unlimited')
    .action((options: { name: string; plan: PlanName } & Printing) =>
      withDatabase(options, async ({ db }) => shown(await foundAccount(db, options))),
    )

  printing(account.command('list'))
    .description('list all accounts')
    .action((options: Printing) =>
      withDatabase(options, async ({ db }) => (await listAccounts(db)).map(shown)),
    )

  addStatusCommand(account, 'suspend', 'suspended')
  addStatusCommand(account, 'activate', 'active')

  printing(account.command('plan'))
    .argument('<id>', 'the account', positive)
    .argument('<plan>', planNames.join(', '), planName)
    .description('put an account on a plan; a limit of its own that is not given again is gone')
    .option('--max-leads <n>', 'a limit of its own for leads', wholeNumber)
    .action((id: number, plan: PlanName, options: { maxLeads?: number } & Printing) => {
      const limits = options.maxLeads === undefined ? {} : { leads: options.maxLeads }
      return inAccountOf(options, id, async (scope) => shown(await changeAccount(scope, { plan, limits })))
    })
}

function addStatusCommand(account: Command, verb: string, status: Account['status']) {
  printing(account.command(verb))
    .argument('<id>', 'the account', positive)
    .description(`${verb} an account; its keys feel it at their next request`)
    .action((id: number, options: Printing) =>
      inAccountOf(options, id, async (scope) => shown(await changeAccount(scope, { status }))),
    )
}

function shown({ id, name, plan, status, limits }: Account) {
  return { id, name, plan, status, ...(Object.keys(limits).length > 0 ? { limits } : {}) }
}
