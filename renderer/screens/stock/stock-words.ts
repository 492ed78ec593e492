import type { DeviceStatus, SpeedUnit } from '../../../shared/domain/device.ts'
import type { AnaestheticAgent, LotStatus, ProductClass, ProductKind } from '../../../shared/domain/lot.ts'
import type { DateState } from '../../../shared/domain/stock-status.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'

export const deviceStatusWords: Readonly<Record<DeviceStatus, string>> = {
  ACTIVE: 'In use',
  QUARANTINED: 'In quarantine',
  RETIRED: 'Retired',
}

export const lotStatusWords: Readonly<Record<LotStatus, string>> = {
  AVAILABLE: 'Available',
  QUARANTINED: 'In quarantine',
  RECALLED: 'Recalled',
  EXPIRED: 'Expired',
}

export const statusGlyphs: Readonly<Record<DeviceStatus | LotStatus, GlyphState>> = {
  ACTIVE: 'done',
  AVAILABLE: 'done',
  QUARANTINED: 'onHold',
  RETIRED: 'notNeeded',
  RECALLED: 'blocked',
  EXPIRED: 'blocked',
}

/** Every status that can stand in the log of changes. */
export const statusWords: Readonly<Record<string, string>> = { ...deviceStatusWords, ...lotStatusWords }

export const dateGlyphs: Readonly<Record<DateState, GlyphState | null>> = {
  IN_DATE: null,
  ENDS_SOON: 'missing',
  PAST: 'blocked',
}

export const speedUnitWords: Readonly<Record<SpeedUnit, string>> = { HZ: 'Hz', RPM: 'rpm', LEVEL: 'level' }

export const productKindWords: Readonly<Record<ProductKind, string>> = {
  ANAESTHETIC: 'Anaesthetic',
  GLIDE_GEL: 'Glide gel',
  SERUM: 'Serum',
  ANTISEPTIC: 'Antiseptic',
  POST_CARE: 'After-care',
}

export const productClassWords: Readonly<Record<ProductClass, string>> = {
  RESTORATIVE: 'Restorative',
  NEUTRAL: 'Neutral',
  ACTIVE_AVOID: 'Active: to avoid',
}

export const agentWords: Readonly<Record<AnaestheticAgent, string>> = {
  LIDOCAINE: 'Lidocaine',
  TETRACAINE: 'Tetracaine',
  PRILOCAINE: 'Prilocaine',
  BENZOCAINE: 'Benzocaine',
  OTHER: 'Other agent',
}
