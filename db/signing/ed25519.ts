import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

/** An Ed25519 pair (RFC 8032); the public half as its 32 bytes in base64url, as it is printed, kept and certified. */
export type KeyPair = { readonly publicKey: string; readonly privateKey: KeyObject }

export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicText(publicKey), privateKey }
}

/**
 * What people compare instead of a key: the first 20 bytes of the SHA-256 of its 32 bytes, as ten groups of four
 * hexadecimal digits.
 */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex')
  return (digest.slice(0, 40).toUpperCase().match(/.{4}/gu) ?? []).join('-')
}

/** PKCS 8, for sealing. The caller empties it. */
export function privateBytes(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' })
}

export function privateKeyFrom(bytes: Buffer): KeyObject {
  return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
}

/** The signature's 64 bytes over the text's UTF-8 bytes, in base64url. */
export function signText(privateKey: KeyObject, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url')
}

/** False for a wrong signature, and for a key or signature that is not the right shape at all. */
export function isSignatureOf(publicKey: string, text: string, signature: string): boolean {
  return isSignatureOver(publicKey, Buffer.from(text, 'utf8'), signature)
}

export function isSignatureOver(publicKey: string, signed: Uint8Array, signature: string): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64url')
    // Lenient decoding would let two texts stand for the same bytes.
    if (bytes.toString('base64url') !== signature) return false
    return verify(null, signed, publicKeyFrom(publicKey), bytes)
  } catch {
    return false
  }
}

function publicText(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' })
  if (!x) throw new Error('a public key has no bytes')
  return x
}

function publicKeyFrom(text: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' })
}
