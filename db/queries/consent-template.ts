import {
  type ConsentProcedure,
  type ConsentTemplate,
  consentProcedures,
  isTemplateInForce,
} from '../../shared/domain/consent/template.ts'
import { compareTemplateVersions, type TemplateVersion } from '../../shared/domain/consent/template-version.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one, sha256Of } from '../records.ts'
import type { ConsentTemplateTable } from '../tables/consent.ts'

export type StoredTemplate = {
  readonly template: ConsentTemplate
  readonly sha256: string
  readonly publishedAt: Instant
  readonly publishedBy: StaffId | null
  readonly approvedAt: Instant | null
  /** False where the bytes no longer match their hash: such a text is never filled. */
  readonly isIntact: boolean
}

export type TemplateKey = TemplateVersion & Pick<ConsentTemplate, 'templateId'>

/** Every published text, newest version of each first. */
export async function selectTemplates(reader: Reader): Promise<readonly StoredTemplate[]> {
  const rows = await many<ConsentTemplateTable>(
    reader,
    'select * from consent_template order by template_id, major desc, minor desc limit 500',
  )
  return rows.map(rowToTemplate)
}

export async function selectTemplate(
  reader: Reader,
  { templateId, major, minor }: TemplateKey,
): Promise<StoredTemplate | null> {
  const row = await one<ConsentTemplateTable>(
    reader,
    'select * from consent_template where template_id = ? and major = ? and minor = ?',
    [templateId, major, minor],
  )
  return row ? rowToTemplate(row) : null
}

/** Per text its newest approved version whose day has come: what may be shown to a patient today. */
export async function selectTemplatesInForce(reader: Reader, today: CalendarDate): Promise<readonly StoredTemplate[]> {
  const inForce = new Map<string, StoredTemplate>()
  for (const stored of await selectTemplates(reader)) {
    const { template, isIntact } = stored
    const best = inForce.get(template.templateId)?.template
    if (!isIntact || !isTemplateInForce(template, today)) continue
    if (best === undefined || compareTemplateVersions(best, template) < 0) inForce.set(template.templateId, stored)
  }
  return [...inForce.values()]
}

/** The kinds of treatment for which there is a text that may be shown to a patient on this day. */
export async function selectKindsInForce(reader: Reader, today: CalendarDate): Promise<readonly ConsentProcedure[]> {
  const inForce = (await selectTemplatesInForce(reader, today)).map(({ template }) => template.procedure)
  return consentProcedures.filter((procedure) => inForce.includes(procedure))
}

/** The major version in force for a text; null where none is approved. What was signed under an older one is re-taken. */
export async function selectCurrentMajor(
  reader: Reader,
  { templateId, today }: { readonly templateId: string; readonly today: CalendarDate },
): Promise<number | null> {
  const inForce = await selectTemplatesInForce(reader, today)
  return inForce.find(({ template }) => template.templateId === templateId)?.template.major ?? null
}

/** The newest published version of a text, approved or not. */
export async function selectNewestVersion(reader: Reader, templateId: string): Promise<TemplateVersion | null> {
  return one<TemplateVersion>(
    reader,
    'select major, minor from consent_template where template_id = ? order by major desc, minor desc limit 1',
    [templateId],
  )
}

/** Publishes a text as it stands. It carries no approval yet; `approveTemplate` adds that and nothing else. */
export async function insertTemplate(
  trx: Trx,
  template: ConsentTemplate,
  { at, by }: { readonly at: Instant; readonly by: StaffId },
): Promise<string> {
  const body = canonicalJson({ ...template, approvedBy: null })
  const sha256 = sha256Of(body)
  await insertRow(trx, 'consent_template', {
    template_id: template.templateId,
    major: template.major,
    minor: template.minor,
    language: template.language,
    procedure: template.procedure,
    jurisdiction: template.jurisdiction,
    effective_from: template.effectiveFrom,
    body,
    sha256,
    published_at: at,
    published_by: by,
  })
  return sha256
}

/** False where the text was approved before, or is not there. */
export async function approveTemplate(
  trx: Trx,
  { templateId, major, minor }: TemplateKey,
  { at, by }: { readonly at: Instant; readonly by: StaffId },
): Promise<boolean> {
  const changed = await change(
    trx,
    'update consent_template set approved_at = ?, approved_by = ? where template_id = ? and major = ? and minor = ? and approved_at is null',
    [at, by, templateId, major, minor],
  )
  return changed === 1
}

function rowToTemplate(row: ConsentTemplateTable): StoredTemplate {
  // Written by this program from a parsed template; its hash is checked right here.
  const published = JSON.parse(row.body) as ConsentTemplate
  return {
    template: { ...published, approvedBy: row.approved_by },
    sha256: row.sha256,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    approvedAt: row.approved_at,
    isIntact: sha256Of(row.body) === row.sha256,
  }
}
