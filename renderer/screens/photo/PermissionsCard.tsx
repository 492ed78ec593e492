import { formatDateTime } from '../../parts/format.ts'
import { useWords } from '../../parts/photo-words.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import type { PhotoList } from './photo-props.ts'

/** What the patient allows now, and who got pictures until now. */
export function PermissionsCard({
  permissions,
  releases,
  timeZone,
}: Pick<PhotoList, 'permissions' | 'releases'> & { readonly timeZone: string }) {
  return (
    <SectionCard title="What the patient allows" isFlush>
      {permissions === null ? (
        <p className="photo-permissions__none text-2">No consent is signed yet, so no photo is kept.</p>
      ) : (
        <ul className="photo-permissions">
          <Permission isGiven={permissions.ownRecord} words="Photos in their own record" />
          <Permission isGiven={permissions.ownRecord && permissions.staffTeaching} words="Staff teaching" />
          <Permission
            isGiven={permissions.ownRecord && permissions.marketing}
            words="Website, social media, advertising"
          />
        </ul>
      )}
      {releases.length > 0 && (
        <>
          <h3 className="photo-permissions__head">Given out</h3>
          <ul className="photo-permissions">
            {releases.slice(0, 10).map(({ photoId, use, recipient, at, by }) => (
              <li key={`${photoId} ${at} ${use}`}>
                <span>
                  {useWords[use]}
                  {recipient === '' ? '' : `, ${recipient}`}
                </span>
                <span className="text-12 text-2">
                  {formatDateTime(at, timeZone)}, {by}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </SectionCard>
  )
}

function Permission({ isGiven, words }: { readonly isGiven: boolean; readonly words: string }) {
  return (
    <li>
      <span>
        <StateGlyph state={isGiven ? 'done' : 'notNeeded'} label={null} /> {words}
      </span>
      <span className="text-2">{isGiven ? 'Yes' : 'No'}</span>
    </li>
  )
}
