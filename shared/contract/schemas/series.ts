import { z } from 'zod'
import { standardViews } from '../../domain/photo.ts'
import type { SeriesBody } from '../../domain/series.ts'
import {
  maintenanceMonthBounds,
  needsStatusReason,
  photoPlans,
  seriesSessionBounds,
  seriesStatuses,
} from '../../domain/series.ts'
import { indications } from '../../domain/zones.ts'
import { line, patientId, prose } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { lengthUm } from './stock.ts'
import { isPlace, zonePlace } from './zones.ts'

export const seriesBody = z
  .strictObject({
    schema: z.literal('series/1'),
    patientId,
    goals: z.array(z.enum(indications)).min(1).max(indications.length),
    goalText: prose(1000),
    zones: z
      .array(z.strictObject({ ...zonePlace, depthUm: lengthUm.nullable() }).refine(isPlace, 'no such place'))
      .max(100),
    sessionsPlanned: z.int().min(seriesSessionBounds.from).max(seriesSessionBounds.to),
    intervalMonths: z.int().min(1).max(12),
    photos: z.enum(photoPlans),
    photoViews: z.array(z.enum(standardViews)).max(standardViews.length),
    status: z.enum(seriesStatuses),
    statusReason: line(500).nullable(),
    maintenanceMonths: z.int().min(maintenanceMonthBounds.from).max(maintenanceMonthBounds.to).nullable(),
  })
  .refine(({ status, statusReason }) => !needsStatusReason(status) || !!statusReason?.trim(), {
    error: 'this status needs a reason',
    path: ['statusReason'],
  })
  .refine(({ photos, photoViews }) => (photos === 'TAKEN') === photoViews.length > 0, {
    error: 'photos taken here have their views',
    path: ['photoViews'],
  }) satisfies z.ZodType<SeriesBody>
true satisfies SameType<z.infer<typeof seriesBody>, SeriesBody>
