import type { RecordingState } from '../../../shared/api/recordings.ts'
import type { recordings as en } from '../en/recordings.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const recordingStates: Record<RecordingState, string> = {
  open: 'Wird geschrieben',
  finished: 'Fertig',
  interrupted: 'Unterbrochen',
}

export const recordings: typeof en = {
  recordings: {
    states: recordingStates,
    emptyTitle: 'Noch keine Aufnahmen',
    empty:
      'Wörter mit einem Stift aufnehmen oder vorhandene Aufnahmen importieren: DigiPen, OnHW, REWI, NDJSON, ' +
      'CSV, Parquet, NPZ, XDF.',
    nothingTitle: 'Nichts passt zum Filter',
    nothing: 'Einen Teil des Filters entfernen.',
    record: 'Wörter aufnehmen',
    import: 'Importieren …',
    search: 'Label enthält',
    writer: 'Schreiber',
    anyWriter: 'Alle Schreiber',
    session: 'Sitzung',
    anySession: 'Alle Sitzungen',
    sessionName: (id: number, writer: string, device: string) => `${id}: ${writer}, ${device}`,
    state: 'Zustand',
    anyState: 'Jeder Zustand',
    importedAt: (at: string) => `importiert ${at}`,
    untimed: (at: string) => `nicht bekannt; importiert ${at}`,
    chosenOnes: (count: number) => `Nur ${many(count, 'Aufnahme', 'Aufnahmen')} einer Messung.`,
    showOthers: 'Auch die anderen zeigen',
    clear: 'Filter leeren',
    columns: {
      label: 'Label',
      writer: 'Schreiber',
      when: 'Wann',
      length: 'Länge',
      frames: 'Frames',
      lost: 'Verloren',
      rate: 'Rate',
      state: 'Zustand',
    },
    unlabelled: 'ohne Label',
    select: (label: string) => `${label} auswählen`,
    selectPage: 'Diese Seite auswählen',
    selected: (count: number) => `${integer(count)} ausgewählt`,
    unselect: 'Auswahl aufheben',
    total: (count: number) => many(count, 'Aufnahme', 'Aufnahmen'),
    page: (page: number, pages: number | null) =>
      `Seite ${integer(page)}${pages === null ? '' : ` von ${integer(pages)}`}`,
    previous: 'Vorige Seite',
    next: 'Nächste Seite',
    deleted: (count: number) => `${many(count, 'Aufnahme', 'Aufnahmen')} gelöscht.`,
    undone: (what: string) => `Rückgängig gemacht: ${what}.`,
    nothingUndone: 'Es gibt nichts rückgängig zu machen.',
    relabel: 'Label ändern',
    detail: 'Aufnahme',
    back: 'Zurück zur Tabelle',
    facts: { session: 'Sitzung', channels: 'Kanäle', gaps: 'Lücken' },
  },
}
