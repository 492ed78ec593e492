import { client } from './client.ts'

const partBytes = 512 * 1024

/** Sends a file to main in parts; gives the token that names it, or null where it is too large. */
export async function upload(bytes: Uint8Array): Promise<string | null> {
  const begun = await client.call('file.begin', {})
  if (!begun.ok) return null
  const { token } = begun.value
  for (let at = 0; at < bytes.length; at += partBytes) {
    const part = bytes.subarray(at, at + partBytes)
    const reply = await client.call('file.append', { token, base64: toBase64(part) })
    if (!reply.ok) return null
  }
  return token
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}
