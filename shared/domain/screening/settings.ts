import type { PolicyBody } from '../policy.ts'

/** Waits and limits of the rules: clinical reference, section 3. The clinic confirms each value in its policy (CC). */
export type ScreeningSettings = {
  readonly minAge: number
  /** Whether somebody signs for a patient below the minimum age (clinical reference, section 8, `guardian_rule`). */
  readonly isGuardianRequired: boolean
  /** Youngest age of the device's authorised use; younger adults are off label [F3]. */
  readonly authorisedFromAge: number
  readonly isotretinoinWaitMonths: number
  readonly topicalWaitDays: number
  readonly bruisingAgentWaitDays: number
  readonly chemotherapyWaitMonths: number
  readonly radiotherapyWaitMonths: number
  /** Days after a cold sore has healed. */
  readonly herpesWaitDays: number
  readonly tanWaitDays: number
  /** HbA1c in tenths of a percent; a higher value needs the physician. */
  readonly hbA1cLimitTenths: number
  readonly fillerWaitDays: number
  readonly botulinumWaitDays: number
  readonly nonAblativeWaitDays: number
  readonly ablativeWaitDays: number
  readonly superficialPeelWaitDays: number
  readonly hairRemovalWaitDays: number
  readonly deepPeelWaitDays: number
  readonly surgeryWaitMonths: number
  readonly homeNeedlingWaitDays: number
  readonly eventWindowDays: number
  readonly fullFormValidMonths: number
  readonly clearanceValidDays: number
}

/** The clinic's policy over the shipped defaults. */
export function screeningSettingsOf(
  policy: Pick<PolicyBody, 'minAgeYears' | 'isGuardianRequired' | 'isotretinoinWaitMonths'> & {
    readonly settings: Pick<PolicyBody['settings'], 'screening' | 'fullScreeningValidMonths' | 'clearanceValidDays'>
  },
): ScreeningSettings {
  return {
    ...policy.settings.screening,
    minAge: policy.minAgeYears,
    isGuardianRequired: policy.isGuardianRequired,
    isotretinoinWaitMonths: policy.isotretinoinWaitMonths,
    fullFormValidMonths: policy.settings.fullScreeningValidMonths,
    clearanceValidDays: policy.settings.clearanceValidDays,
  }
}

export const defaultScreeningSettings: ScreeningSettings = {
  minAge: 18,
  isGuardianRequired: true,
  authorisedFromAge: 22,
  isotretinoinWaitMonths: 6,
  topicalWaitDays: 5,
  bruisingAgentWaitDays: 7,
  chemotherapyWaitMonths: 6,
  radiotherapyWaitMonths: 12,
  herpesWaitDays: 14,
  tanWaitDays: 14,
  hbA1cLimitTenths: 80,
  fillerWaitDays: 28,
  botulinumWaitDays: 14,
  nonAblativeWaitDays: 28,
  ablativeWaitDays: 90,
  superficialPeelWaitDays: 14,
  hairRemovalWaitDays: 7,
  deepPeelWaitDays: 90,
  surgeryWaitMonths: 6,
  homeNeedlingWaitDays: 28,
  eventWindowDays: 7,
  fullFormValidMonths: 12,
  clearanceValidDays: 90,
}
