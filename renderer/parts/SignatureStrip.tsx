import './SignatureStrip.css'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatHash } from './format.ts'

export type SignatureStripProps = {
  readonly printedName: string
  /** `Dermatology`, `Licensed aesthetician`. */
  readonly credential: string
  readonly licence: string | null
  /** For whom is signed: `for Lena Brook`; null for one's own record. */
  readonly forWhom: string | null
  /** The meaning of the signature, bold: `Reviewed with deviations.` */
  readonly meaning: string
  /** The sentence attested. */
  readonly sentence: string
  readonly attestationVersion: string
  readonly recordVersion: number
  readonly sha256: string | null
  /** PIN field and the one primary button; absent once signed. */
  readonly action?: ReactNode
  /** `06-May-2026, 08:12 CDT`, once signed. */
  readonly signedText?: string
}

/** Who signs, as what, for whom, meaning what: the same strip before and after. */
export function SignatureStrip(props: SignatureStripProps) {
  const { printedName, credential, licence, forWhom, meaning, sentence, attestationVersion, recordVersion } = props
  return (
    <section className="signature-strip" aria-label="Signature" data-signed={props.signedText !== undefined}>
      <div className="signature-strip__text">
        <p>
          <strong>{printedName}</strong> {credential}
          {licence !== null && (
            <>
              , licence <span className="mono">{licence}</span>
            </>
          )}
          {forWhom !== null && `, ${forWhom}`}
        </p>
        <p>
          <strong>{meaning}</strong> {sentence}
        </p>
        <p className="signature-strip__small">
          Attestation {attestationVersion} · version {recordVersion}
          {props.sha256 !== null && (
            <>
              {' '}
              · record <span className="mono">{formatHash(props.sha256)}</span>
            </>
          )}
        </p>
      </div>
      {props.signedText !== undefined && (
        <p className="signature-strip__signed">
          <IconLock size={15} stroke={1.7} aria-hidden="true" />
          Signed {props.signedText}
        </p>
      )}
      {props.action !== undefined && <div className="signature-strip__action">{props.action}</div>}
    </section>
  )
}
