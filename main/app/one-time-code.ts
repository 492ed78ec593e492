import type { Host } from '../hosts/host.ts'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Twelve characters of Crockford's alphabet (60 bits) in groups of four: read out or handed over, used once. */
export function makeOneTimeCode(host: Host): string {
  const characters = [...host.randomBytes(12)].map((byte) => crockford[byte % 32] ?? '0')
  return [characters.slice(0, 4), characters.slice(4, 8), characters.slice(8)].map((group) => group.join('')).join('-')
}
