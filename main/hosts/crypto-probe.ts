import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  hkdfSync,
  scryptSync,
  sign,
  verify,
} from 'node:crypto'

/**
 * Electron brings BoringSSL instead of OpenSSL, so what the product needs is used once before a store is opened: SHA-256,
 * HMAC, HKDF, scrypt, AES-256-GCM and Ed25519. Throws with the name of what is missing.
 */
export function probeCrypto(): void {
  const text = Buffer.from('countersign')
  const key = Buffer.alloc(32, 7)
  const iv = Buffer.alloc(12, 3)
  const probes: Readonly<Record<string, () => boolean>> = {
    'SHA-256': () => createHash('sha256').update(text).digest().length === 32,
    HMAC: () => createHmac('sha256', key).update(text).digest().length === 32,
    HKDF: () => hkdfSync('sha256', key, iv, text, 32).byteLength === 32,
    scrypt: () => scryptSync(text, iv, 32, { N: 16, r: 8, p: 1 }).length === 32,
    'AES-256-GCM': () => {
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([cipher.update(text), cipher.final()])
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag())
      return Buffer.concat([decipher.update(sealed), decipher.final()]).equals(text)
    },
    Ed25519: () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      return verify(null, text, publicKey, sign(null, text, privateKey))
    },
  }
  for (const [name, works] of Object.entries(probes)) {
    if (!works()) throw new Error(`this system's cryptography fails the probe of ${name}`)
  }
}
