import { clearanceRecord, selectClearances } from '../../db/queries/clearance.ts'
import { selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import {
  renewOpenClear,
  selectAskedFindings,
  selectAskingForms,
  selectScreenedPatient,
  selectScreeningFacts,
} from '../../db/queries/screening.ts'
import { isCourseOf } from '../../db/queries/series.ts'
import { selectStaffMember } from '../../db/queries/staff.ts'
import { insertRecord } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import { clearanceBody } from '../../shared/contract/schemas/clearance.ts'
import {
  type ClearanceBody,
  clearancesInForce,
  clearedFindingOf,
  defaultClearanceExpiry,
  judgeClearance,
} from '../../shared/domain/clearance.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { screeningSettingsOf } from '../../shared/domain/screening/settings.ts'
import type { ClearanceId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'
import { hasValidLicence, physicianSignature, signatureRow } from '../app/signer.ts'

export const clearanceHandlers = {
  decide: async (context, input) => {
    const { trx, today } = context
    const { patientId, seriesId, plannedZones, deviceType, decision, reason, conditions, offLabelNote, expiresOn } =
      input
    if (!(await selectScreenedPatient(trx, patientId))) return refuse('NOT_FOUND')
    if (!(await isCourseOf(trx, patientId, seriesId))) return refuse('NOT_FOUND')
    const physician = await selectStaffMember(trx, context.caller.staffId)
    if (!physician || !hasValidLicence(physician, today)) return refuse('CLEARANCE_LICENCE_NOT_VALID')
    const policy = (await selectPolicyInForce(trx, today))?.body ?? null
    const facts = await selectScreeningFacts(trx, { patientId, today, plannedZones, deviceType, seriesId, policy })
    const named = facts.findings.filter((finding) =>
      input.findings.some(({ questionId, rule }) => questionId === finding.questionId && rule === finding.rule),
    )
    if (named.length !== input.findings.length) return refuse('CLEARANCE_FINDING_CHANGED')
    const decided = { decision, reason, conditions, offLabelNote, expiresOn }
    const problems = judgeClearance(decided, named, today)
    if (problems.length > 0) return refuse('CLEARANCE_HAS_PROBLEMS', { problems })

    const id = context.newId<ClearanceId>()
    const body: ClearanceBody = {
      schema: 'clearance/1',
      id,
      patientId,
      seriesId,
      findings: named.map(clearedFindingOf),
      ...decided,
      reason: reason.trim(),
      offLabelNote: offLabelNote?.trim() ? offLabelNote.trim() : null,
      signature: physicianSignature(context, physician),
    }
    const versionId = await insertRecord(trx, clearanceRecord, {
      id,
      body,
      newId: context.newId,
      at: context.now,
      by: physician.staffId,
      reason: decision,
    })
    const meaning = decision === 'CLEARED' ? 'CLEARANCE_GIVEN' : 'CLEARANCE_REFUSED'
    await insertSignature(trx, clearanceRecord, id, signatureRow(context, physician, { versionId, meaning }))
    await renewOpenClear(trx, { patientId, today, policy })
    context.audit({
      action: 'clearance.decide',
      subject: 'clearance',
      subjectId: id,
      versionId,
      patientId,
      reason: decision,
    })
    context.touch('clearance', 'screening', 'session', 'today', 'chart')
    return accept({ clearanceId: id })
  },

  list: async (context, { patientId }) => {
    const { reader, today } = context
    if (!(await selectScreenedPatient(reader, patientId))) return refuse('NOT_FOUND')
    const records = await selectClearances(reader, patientId)
    const intact = records.filter((record) => record.integrity === 'INTACT').map((record) => record.body)
    const inForce = new Set(clearancesInForce(intact, today).map((clearance) => clearance.id))
    const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
    context.audit({ action: 'clearance.list', subject: 'clearance', patientId })
    return accept({
      clearances: records.map((record) => ({
        body: clearanceBody.parse(record.body),
        isInForce: inForce.has(record.body.id),
        isIntact: record.integrity === 'INTACT',
        sha256: record.sha256,
      })),
      defaultExpiresOn: defaultClearanceExpiry(today, screeningSettingsOf(policy)),
    })
  },

  asked: async ({ reader, today }) => {
    const policy = (await selectPolicyInForce(reader, today))?.body ?? null
    const forms = await selectAskingForms(reader)
    const summaries = await selectPatientSummaries(
      reader,
      forms.map((form) => form.patientId),
    )
    const rows = []
    for (const { patientId, ...form } of forms) {
      const patient = summaries.get(patientId)
      const findings = await selectAskedFindings(reader, { patientId, today, policy })
      // A wait that has ended since asks for nothing any more.
      if (patient?.status !== 'ACTIVE' || findings.length === 0) continue
      rows.push({
        patientId,
        familyName: patient.family,
        givenName: patient.given,
        preferredName: patient.preferred,
        bornOn: patient.bornOn,
        chartNumber: patient.chartNumber,
        isLookAlike: patient.isLookAlike,
        ...form,
        findings: findings.map(({ questionId, rule, outcome, eligibleOn }) => ({
          questionId,
          rule,
          outcome,
          eligibleOn,
        })),
      })
    }
    return accept({ patients: rows })
  },
} satisfies Handlers<typeof contract.clearance>
