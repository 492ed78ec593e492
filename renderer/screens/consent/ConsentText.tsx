import '../../parts/consent-text.css'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'

type Body = NonNullable<OpenedConsent['record']>['body']

/** The frozen words, section by section, with the initials that stand beside them. */
export function ConsentText({ body, note }: { readonly body: Body; readonly note: string }) {
  const { major, minor } = body.template
  return (
    <SectionCard
      size="panel"
      title="The form"
      note={note}
      aside={
        <span className="text-2">
          text version {major}.{minor}
        </span>
      }
    >
      <div className="consent-text">
        {body.document.sections.map(({ key, heading, body: words }) => {
          const initialled = body.initials.find(({ section }) => section === key)
          return (
            <section key={key}>
              <h3>{heading}</h3>
              <p>{words}</p>
              {initialled && (
                <p className="consent-text__initials">
                  Initialled <strong>{initialled.initials}</strong>
                </p>
              )}
            </section>
          )
        })}
      </div>
    </SectionCard>
  )
}
