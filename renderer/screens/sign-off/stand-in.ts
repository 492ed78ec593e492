import type { Output } from '../../client/client.ts'
import { formatDate } from '../../parts/format.ts'

type Reviewed = Pick<Output<'signOff.review'>, 'isOfAnother' | 'standsIn' | 'supervisor'>

/** Why somebody else reviews it, as far as the clinic knows it already: it stands in the field and can be changed. */
export function knownTakeover({ isOfAnother, standsIn, supervisor }: Reviewed): string {
  if (!isOfAnother || standsIn === null) return ''
  const whose = supervisor ? ` for ${supervisor.printedName}` : ''
  return `Standing in${whose}, away ${formatDate(standsIn.fromOn)} to ${formatDate(standsIn.untilOn)}`
}
