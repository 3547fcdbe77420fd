import type { RecordingState } from '../../../shared/api/recordings.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const recordingStates: Record<RecordingState, string> = {
  open: 'Being written',
  finished: 'Finished',
  interrupted: 'Interrupted',
}

export const recordings = {
  recordings: {
    states: recordingStates,
    emptyTitle: 'No recordings yet',
    empty: 'Record words with a pen, or import existing ones: DigiPen, OnHW, REWI, NDJSON, CSV, Parquet, NPZ, XDF.',
    nothingTitle: 'Nothing matches the filter',
    nothing: 'Remove a part of the filter.',
    record: 'Record words',
    import: 'Import…',
    search: 'Label contains',
    writer: 'Writer',
    anyWriter: 'Any writer',
    session: 'Session',
    anySession: 'Any session',
    sessionName: (id: number, writer: string, device: string) => `${id}: ${writer}, ${device}`,
    state: 'State',
    anyState: 'Any state',
    importedAt: (at: string) => `imported ${at}`,
    untimed: (at: string) => `not known; imported ${at}`,
    chosenOnes: (count: number) => `Only the ${many(count, 'recording')} of one measurement.`,
    showOthers: 'Show the others too',
    clear: 'Clear filter',
    columns: {
      label: 'Label',
      writer: 'Writer',
      when: 'When',
      length: 'Length',
      frames: 'Frames',
      lost: 'Lost',
      rate: 'Rate',
      state: 'State',
    },
    unlabelled: 'no label',
    select: (label: string) => `Select ${label}`,
    selectPage: 'Select this page',
    selected: (count: number) => `${integer(count)} selected`,
    unselect: 'Select none',
    total: (count: number) => many(count, 'recording'),
    page: (page: number, pages: number | null) =>
      `Page ${integer(page)}${pages === null ? '' : ` of ${integer(pages)}`}`,
    previous: 'Previous page',
    next: 'Next page',
    deleted: (count: number) => `${many(count, 'recording')} deleted.`,
    undone: (what: string) => `Undone: ${what}.`,
    nothingUndone: 'There is nothing to undo.',
    relabel: 'Change label',
    detail: 'Recording',
    back: 'Back to the table',
    facts: { session: 'Session', channels: 'Channels', gaps: 'Gaps' },
  },
}
