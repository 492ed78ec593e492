import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Host } from '../../main/hosts/host.ts'
import { openKeychain, type SafeStorage } from '../../main/hosts/safe-storage-keychain.ts'

/** A keychain of one user account on one computer, as Electron's safeStorage shows it. */
export class FakeSafeStorage implements SafeStorage {
  /** `ABSENT` says so itself, `BROKEN` throws when it is asked. */
  standing: 'THERE' | 'ABSENT' | 'BROKEN' = 'THERE'
  backend = 'gnome_libsecret'
  /** It still knows what it sealed, but no longer opens it. */
  isLocked = false
  shouldReEncrypt = false
  sealed = 0
  #key = randomBytes(32)

  /** What it sealed before opens no more; what it seals from now on does. */
  forget(): void {
    this.#key = randomBytes(32)
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    if (this.standing === 'BROKEN') throw new Error('no bus')
    return this.standing === 'THERE'
  }

  getSelectedStorageBackend(): string {
    return this.backend
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    this.sealed += 1
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    return Buffer.concat([nonce, cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }

  async decryptStringAsync(encrypted: Buffer) {
    if (this.isLocked) throw new Error('Error while decrypting the ciphertext')
    const decipher = createDecipheriv('aes-256-gcm', this.#key, encrypted.subarray(0, 12))
    decipher.setAuthTag(encrypted.subarray(-16))
    const result = Buffer.concat([decipher.update(encrypted.subarray(12, -16)), decipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: this.shouldReEncrypt }
  }
}

/** A computer with this keychain, as the Electron host makes it at its start. */
export async function computerWith(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform = 'linux',
): Promise<Pick<Host, 'keychain' | 'keychainGap'>> {
  return openKeychain(safeStorage, platform)
}
