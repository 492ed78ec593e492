import { formatDate, formatDateTime } from '../../parts/format.ts'
import type { StaffRecord } from './practice-record.ts'

/** What stood beside the name and from when; signed records keep what stood there on their day. */
export function CredentialHistory({ record, timeZone }: { readonly record: StaffRecord; readonly timeZone: string }) {
  const { credentials } = record
  if (credentials.length < 2) return null
  return (
    <fieldset className="member-fields__group">
      <legend>Credential and licence over time</legend>
      <ul className="member-list">
        {credentials.map(({ since, printedName, credential, licence, enteredBy }) => (
          <li key={since}>
            <span>
              <strong>{printedName}</strong>
              {credential && `, ${credential}`}
              {licence && (
                <>
                  , <span className="mono">{licence.number}</span> {licence.state} until {formatDate(licence.expiresOn)}
                </>
              )}
            </span>
            <span className="text-12 text-3">
              entered {formatDateTime(since, timeZone)}
              {enteredBy && ` by ${enteredBy}`}
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
