import { scrypt, timingSafeEqual } from 'node:crypto'
import type { Host } from '../hosts/host.ts'

/**
 * Password and PIN hashes as PHC strings: `$scrypt$ln=17,r=8,p=1$salt$hash`. The cost of new ones comes from the host;
 * a stored hash is checked with its own.
 */
export async function hashSecret(host: Host, secret: string): Promise<string> {
  const salt = host.randomBytes(16)
  const { cost, blockSize, parallelization } = host.scrypt
  const hash = await derive(secret, salt, cost, blockSize, parallelization)
  return `$scrypt$ln=${Math.log2(cost)},r=${blockSize},p=${parallelization}$${unpadded(salt)}$${unpadded(hash)}`
}

/** Takes the same time for a missing hash as for a wrong one, so that names cannot be probed. */
export async function secretMatches(host: Host, secret: string, phc: string | null): Promise<boolean> {
  const match = phc === null ? null : /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc)
  if (!match) {
    await hashSecret(host, secret)
    return false
  }
  const [, ln, r, p, salt = '', hash = ''] = match
  const expected = Buffer.from(hash, 'base64')
  const actual = await derive(secret, Buffer.from(salt, 'base64'), 2 ** Number(ln), Number(r), Number(p))
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** True when the stored hash is weaker than what new ones cost. */
export function needsRehash(host: Host, phc: string): boolean {
  return !phc.startsWith(
    `$scrypt$ln=${Math.log2(host.scrypt.cost)},r=${host.scrypt.blockSize},p=${host.scrypt.parallelization}$`,
  )
}

const common =
  /^(.)\1+$|^(?:0123456789|1234567890|abcdefghijk|qwertyuiop|password|passphrase|microneedling|countersign|letmein|welcome|clinic)[\W\d]*$/i

/** Fifteen characters alone are the rule; this refuses the ones everybody tries. */
export function isCommonPassword(password: string, words: readonly string[]): boolean {
  const folded = password.normalize('NFKC').toLowerCase()
  const rest = words
    .filter((word) => word.length >= 4)
    .reduce((text, word) => text.replaceAll(word.toLowerCase(), ''), folded)
  return common.test(folded.replaceAll(/\s/g, '')) || new Set(folded).size < 5 || rest.length < 6
}

/** All the same, or a run up or down. */
export function isSimplePin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1
}

function derive(
  secret: string,
  salt: Buffer,
  cost: number,
  blockSize: number,
  parallelization: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize }
    scrypt(secret.normalize('NFC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
