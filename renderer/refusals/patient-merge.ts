import type { RefusalText } from './refusal-text.ts'

export const patientMergeTexts: Readonly<Record<string, RefusalText>> = {
  SAME_CHART: () => 'Both are the same chart. Choose another one.',
  ALREADY_MERGED: () => 'This chart is merged already, so nothing was changed. Open the kept chart to see the merge.',
  KEPT_IS_MERGED: () =>
    'The chart to be kept is itself merged into another one. Merge into that other chart instead, or take that merge back first.',
  HAS_MERGED_CHARTS: () =>
    'Other charts are merged into this one. Keep this chart and merge the other into it, or take those merges back first.',
  KEPT_IS_ARCHIVED: () => 'The chart to be kept is archived. Take it out of the archive first, or keep the other one.',
  CHART_IS_DAMAGED: () =>
    'One of the charts was changed outside the program, so nothing was merged. Restore it from a copy first.',
  SESSIONS_OPEN: ({ count }) =>
    `${count === 1 ? 'One session is' : `${String(count ?? 'Some')} sessions are`} begun and not submitted in the chart to be merged. Finish what is begun under that name first.`,
  VISITS_AHEAD: ({ count }) =>
    `${count === 1 ? 'One visit is' : `${String(count ?? 'Some')} visits are`} still to come in the chart to be merged. Cancel there what is booked, and book it in the chart to be kept.`,
  NOT_MERGED: () => 'This merge was taken back by now. Nothing was changed; open the chart again.',
}
