import type { Command } from 'commander'
import { linkAddress } from '#accounts/sign-in/links.ts'
import { positive, wholeNumber } from '#cli/options.ts'
import { type Printing, printing, withDatabase } from '#cli/run.ts'

type Wanted = { seed: number; leads: number }

export function addDemoCommand(program: Command) {
  printing(program.command('demo'))
    .description('make a believable company with six months of history, in an account of its own')
    .option('--seed <n>', 'the same seed makes the same company', wholeNumber, 1)
    .option('--leads <n>', 'how many leads it has', positive, 500)
    .action(({ seed, leads, ...options }: Wanted & Printing) =>
      withDatabase(options, async ({ db }, { publicUrl }) => {
        // Only here: no other command needs it.
        const { makeCompany } = await import('#demo/make.ts')
        const { account, signInToken, key, ...made } = await makeCompany(db, { seed, leads, onProgress })
        return {
          account: account.id,
          name: account.name,
          ...made,
          sign_in_link: linkAddress(publicUrl, signInToken),
          key,
        }
      }),
    )
}

function onProgress(done: number, of: number) {
  console.error(`Living through six months: ${Math.floor((done / of) * 100)} %`)
}
