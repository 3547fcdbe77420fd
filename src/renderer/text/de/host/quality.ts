import type { quality as english } from '../../../../shared/messages/en/quality.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of the signal of a recording. */
export const quality: Translation<typeof english> = {
  'quality.end-range-frames-clip': '{worst} ist am Ende seines Bereichs ({percent:3} % der Frames sind übersteuert).',
  'quality.frames-come-hz-instead': 'Die Frames kommen mit {measured:3} Hz statt {nominal:3} Hz.',
  'quality.frames-lost': '{lost} von {frames} Frames sind verloren ({percent:3} %).',
  'quality.gap-ms': 'Eine Lücke von {ms:3} ms.',
  'quality.in-motion-at-beginning': 'Der Stift ist am Anfang in Bewegung: Das Wort ist abgeschnitten.',
  'quality.in-motion-at-both-ends': 'Der Stift ist am Anfang und am Ende in Bewegung: Das Wort ist abgeschnitten.',
  'quality.in-motion-at-end': 'Der Stift ist am Ende in Bewegung: Das Wort ist abgeschnitten.',
  'quality.model-reads-instead-doubt': 'Das Modell liest „{reads}“ statt „{label}“ (Zweifel: {percent:3} %).',
  'quality.ms-letter-very-short': '{ms:3} ms je Buchstabe sind sehr kurz für „{label}“.',
  'quality.on-paper-at-beginning': 'Der Stift ist am Anfang auf dem Papier: Das Wort ist abgeschnitten.',
  'quality.on-paper-at-both-ends': 'Der Stift ist am Anfang und am Ende auf dem Papier: Das Wort ist abgeschnitten.',
  'quality.on-paper-at-end': 'Der Stift ist am Ende auf dem Papier: Das Wort ist abgeschnitten.',
  'quality.pen-clock-out-line':
    'Die Uhr des Stifts sprang bei {jumps} von {frames} Frames; dort gelten die Zeiten der Nachbarn.',
  'quality.repeats-word-before': '{percent:3} % davon wiederholen das Wort davor.',
  'quality.s-letter-very-long': '{seconds:3} s je Buchstabe sind sehr lang für „{label}“.',
  'quality.time-between-frames-varies': 'Die Zeit zwischen Frames schwankt um {varies:3} ms bei {usual:3} ms.',
  'quality.tip-down-only-time': 'Die Spitze ist nur {percent:3} % der Zeit auf dem Papier.',
  'quality.tip-force-never-changes': 'Die Spitzenkraft ändert sich nie: Der Sensor ist tot oder nicht angeschlossen.',
  'quality.tip-never-touches-paper': 'Die Spitze berührt nie das Papier: Die Kraft bleibt unter {threshold}.',
}
