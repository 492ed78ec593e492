import './keys.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { hrefTo, pathTo } from '../paths.ts'
import type { OpenClinic } from '../use-clinic.ts'

const sentences: Readonly<Record<'CODE_MISSING' | 'PASSPHRASE_MISSING', string>> = {
  CODE_MISSING:
    'These records have no recovery code. Where this computer is lost and the passphrase is not known, no copy opens.',
  PASSPHRASE_MISSING:
    'This computer has no keychain, and the clinic has no passphrase: each start would need the recovery code.',
}
const acts: Readonly<Record<keyof typeof sentences, string>> = {
  CODE_MISSING: 'Make the recovery code',
  PASSPHRASE_MISSING: 'Set a passphrase',
}

/** For the manager, on every screen until it is done. */
export function KeysStrip({ standing }: { readonly standing: OpenClinic['keys'] }) {
  if (standing !== 'CODE_MISSING' && standing !== 'PASSPHRASE_MISSING') return null
  return (
    <aside className="keys-strip" aria-label="Keys of the records">
      <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
      <span>{sentences[standing]}</span>
      <a href={hrefTo(pathTo.clinicPart('keys'))}>{acts[standing]}</a>
    </aside>
  )
}
