import type { ConsentProcedure } from '../../shared/domain/consent/template.ts'

export const consentProcedureWords: Readonly<Record<ConsentProcedure, string>> = {
  MECHANICAL: 'Microneedling',
  RF: 'Radiofrequency needling',
  ADDON: 'Add-on',
}
