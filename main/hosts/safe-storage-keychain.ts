import { type KeychainGap, keychainGapOf } from '../../shared/domain/keychain.ts'
import type { Keychain } from './host.ts'

/** What is used of Electron's safeStorage; written down here so that it is tested without Electron. */
export type SafeStorage = {
  isAsyncEncryptionAvailable(): Promise<boolean>
  /** On Linux alone. */
  getSelectedStorageBackend(): string
  encryptStringAsync(plainText: string): Promise<Buffer>
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>
}

/** The system's keychain behind safeStorage, or why there is none to trust. */
export async function openKeychain(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<{ readonly keychain: Keychain | null; readonly keychainGap: KeychainGap | null }> {
  const isAvailable = await safeStorage.isAsyncEncryptionAvailable().catch(() => false)
  const backend = isAvailable ? backendName(safeStorage, platform) : ''
  const keychainGap = keychainGapOf({ isAvailable, backend })
  if (keychainGap !== null) return { keychain: null, keychainGap }
  const keychain: Keychain = {
    backend,
    wrap: async (secret) => (await safeStorage.encryptStringAsync(secret.toString('base64'))).toString('base64'),
    unwrap: async (wrapped) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped, 'base64'))
      return { secret: Buffer.from(result, 'base64'), shouldWrapAgain: shouldReEncrypt }
    },
  }
  return { keychain, keychainGap: null }
}

function backendName(safeStorage: SafeStorage, platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'dpapi'
  return platform === 'darwin' ? 'keychain' : safeStorage.getSelectedStorageBackend()
}
