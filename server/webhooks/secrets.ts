import { createVault, type Vault } from '#platform/encryption.ts'

const vaults = new Map<string, Vault>()

/** Seals a subscription's secret for its account; another account's row is not opened by it. */
export function vaultOf(operator: { secret(): string }) {
  const secret = operator.secret()
  const vault = vaults.get(secret) ?? createVault(secret, 'webhook secrets')
  vaults.set(secret, vault)
  return {
    seal: (text: string, accountId: number) => vault.seal(text, `account ${accountId}`),
    open: (sealed: Buffer, accountId: number) => vault.open(sealed, `account ${accountId}`),
  }
}
