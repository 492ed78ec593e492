import type { Reader } from '../../db/open.ts'
import { selectOpenComplicationHeads } from '../../db/queries/complication.ts'
import { selectOtherChartIds } from '../../db/queries/patient-merge.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { many } from '../../db/records.ts'
import type { ComplicationTable } from '../../db/tables/complication.ts'
import type { ConsentTable } from '../../db/tables/consent.ts'
import { type ConsentStanding, consentStanding } from '../../shared/domain/next-step.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

/**
 * What the banner warns of besides allergies. Each part is one bounded read. Complications are those of all charts of the
 * person; a consent counts in the chart in which it was signed.
 */
export type PatientAlerts = {
  readonly consent: { readonly standing: ConsentStanding; readonly signedOn: CalendarDate | null }
  readonly openComplications: number
  readonly openRedFlags: number
}

export async function selectPatientAlerts(
  reader: Reader,
  { patientId, bornOn, today }: { patientId: PatientId; bornOn: CalendarDate | null; today: CalendarDate },
): Promise<PatientAlerts> {
  const open = await selectOpenComplications(reader, patientId)
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  return {
    consent: await selectConsentStanding(reader, { patientId, bornOn, today, policy }),
    openComplications: open.length,
    openRedFlags: open.filter((report) => report.red_flag === 1).length,
  }
}

/** Of every chart of the person, this one's first. */
export async function selectOpenComplications(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly ComplicationTable[]> {
  const ids = [patientId, ...(await selectOtherChartIds(reader, patientId))]
  return (await Promise.all(ids.map((id) => selectOpenComplicationHeads(reader, id)))).flat()
}

/** The form that stands, whatever it is for; where none does, what is the matter with the newest. */
export async function selectConsentStanding(
  reader: Reader,
  {
    patientId,
    bornOn,
    today,
    policy,
  }: {
    readonly patientId: PatientId
    readonly bornOn: CalendarDate | null
    readonly today: CalendarDate
    readonly policy: PolicyBody
  },
): Promise<PatientAlerts['consent']> {
  const heads = await many<Pick<ConsentTable, 'state' | 'signed_on' | 'signer_role'>>(
    reader,
    'select state, signed_on, signer_role from consent where patient_id = ? order by signed_at desc, id limit 50',
    [patientId],
  )
  const { settings, isGuardianRequired } = policy
  const { consentValidMonths, majorityAgeYears } = settings
  const forms = heads.map((head) => ({
    signedOn: head.signed_on,
    standing: consentStanding(
      { state: head.state, signedOn: head.signed_on, signerRole: head.signer_role, isOfSeries: true },
      { bornOn, today, consentValidMonths, majorityAgeYears, isGuardianRequired },
    ),
  }))
  return (
    forms.find((form) => form.standing === 'SIGNED') ??
    forms.find((form) => form.standing !== 'NONE') ?? { standing: 'NONE', signedOn: null }
  )
}
