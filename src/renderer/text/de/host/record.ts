import type { record as english } from '../../../../shared/messages/en/record.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of sessions, their prompts and the words in them. */
export const record: Translation<typeof english> = {
  'record.all-prompts-done': 'Alle Vorgaben sind geschrieben.',
  'record.all-prompts-session-done': 'Alle Vorgaben der Sitzung {sessionId} sind geschrieben.',
  'record.answer-go': 'Beantworten, dann weiter.',
  'record.away': '{name} ist weg.',
  'record.choose': 'Eines davon wählen: {known}.',
  'record.choose-create-virtual-writer':
    'Einen virtuellen Schreiber wählen oder anlegen, oder einen echten Stift nehmen.',
  'record.choose-list-prompts': 'Eine Liste von Vorgaben wählen.',
  'record.connect-open-again-session': 'Wieder verbinden und öffnen; die Sitzung geht mit demselben Wort weiter.',
  'record.gone': '{path} ist weg.',
  'record.let-profile-cut-words': 'Im Profil nach Kraft trennen oder jedes Wort mit einer Taste beenden.',
  'record.let-profile-cut-words-motion': 'Im Profil nach Bewegung trennen oder jedes Wort mit einer Taste beenden.',
  'record.model-cannot-asked-here': 'Modell {modelId} lässt sich hier nicht befragen.',
  'record.no-answer': '„{answer}“ ist keine Antwort auf „{ask}“.',
  'record.no-consent-asked-now': 'Jetzt wird keine Einwilligung erfragt.',
  'record.no-model-checks-words': 'In dieser Sitzung prüft kein Modell die Wörter: {message}',
  'record.no-question-asked-now': 'Jetzt wird keine Frage gestellt.',
  'record.no-session-running': 'Es läuft keine Sitzung.',
  'record.no-word-write-again': 'Noch gibt es kein Wort zu wiederholen.',
  'record.not-answered': '„{ask}“ ist nicht beantwortet.',
  'record.not-asked': '„{strange}“ wurde nicht gefragt.',
  'record.not-open': '{name} ist nicht geöffnet.',
  'record.nothing-write-list-prompts': 'Es gibt nichts zu schreiben: Die Liste der Vorgaben ist leer.',
  'record.nothing-written-yet': 'Für „{promptText}“ wurde noch nichts geschrieben.',
  'record.open-devices-page-start': 'Auf der Seite „Geräte“ öffnen, dann die Sitzung beginnen.',
  'record.open-same-profile-start': 'Mit demselben Profil öffnen oder eine neue Sitzung beginnen.',
  'record.pen-closed': '{name} ist geschlossen.',
  'record.pen-failed': '{name} ist ausgefallen.',
  'record.pen-gone': '{name} ist weg.',
  'record.pen-lost': '{name} ist abgezogen.',
  'record.pen-opening': '{name} wird geöffnet.',
  'record.pen-silent': '{name} ist stumm.',
  'record.pen-streaming': '{name} sendet.',
  'record.prompt-empty': 'Vorgabe {empty} ist leer.',
  'record.questions': 'Die Fragen sind {questions}.',
  'record.record-begins-agree-stop': 'Die Aufnahme beginnt mit der Einwilligung; ohne sie die Sitzung beenden.',
  'record.remove-list': 'Sie aus der Liste entfernen.',
  'record.see-devices-page-whether': 'Auf der Seite „Geräte“ nachsehen, ob sein Signal fließt, und neu kalibrieren.',
  'record.session-began-another-profile':
    'Sitzung {sessionId} begann mit einem anderen Profil oder einer anderen Kalibrierung, als {name} jetzt hat.',
  'record.session-began-pen-pen': 'Sitzung {sessionId} begann mit Stift {serial}; {name} ist Stift {serial2}.',
  'record.session-running': 'Sitzung {sessionId} läuft.',
  'record.session-running-words': 'Eine Sitzung mit {name} läuft ({index} von {prompts} Wörtern).',
  'record.start-new-session': 'Eine neue Sitzung beginnen.',
  'record.start-record-page': 'Auf der Seite „Aufnehmen“ eine beginnen.',
  'record.stop-session-here-other': 'Jene Sitzung beenden, hier oder im anderen Fenster, dann diese beginnen.',
  'record.stop-session-start-again': 'Die Sitzung beenden und neu beginnen; Gespeichertes bleibt.',
  'record.stop-session-write-last': 'Die Sitzung beenden oder das letzte Wort noch einmal schreiben.',
  'record.take-same-pen-start': 'Denselben Stift nehmen oder eine neue Sitzung beginnen.',
  'record.too-few-frames-resting': 'Der Stift sandte in Ruhe zu wenige Frames.',
  'record.too-few-frames-writing': 'Der Stift sandte beim Schreiben zu wenige Frames.',
  'record.word-become-longer-minutes':
    'Das Wort ist länger als {longestMinutes} Minuten geworden: Diese Aufnahme bleibt als unterbrochen ' +
    'gespeichert, und eine neue geht weiter.',
  'record.word-longer-minutes-kept':
    'Das Wort war länger als {longestMinutes} Minuten: Es bleibt als mehrere unterbrochene Aufnahmen gespeichert.',
  'record.word-nearly-minutes-long':
    'Das Wort ist bald {longestMinutes} Minuten lang: Dann endet seine Aufnahme, und eine neue beginnt.',
  'record.word-written-end-nobody': 'Ist das Wort geschrieben, es beenden; schreibt niemand, die Sitzung beenden.',
  'record.words-cannot-told-apart':
    'Wörter lassen sich nicht an der Bewegung trennen: Das Gerät hat weder Gyroskop noch Beschleunigungssensor.',
  'record.words-cannot-told-apart-force':
    'Wörter lassen sich nicht an der Kraft trennen: Das Gerät hat keinen Kanal namens force.',
  'record.words-cannot-told-apart-vibration':
    'Wörter lassen sich nicht an der Vibration trennen: Das Gerät hat weder Beschleunigungssensor noch Gyroskop.',
  'record.words-cannot-told-apart-vibration-frames':
    'Wörter lassen sich bei {rateHz} Frames je Sekunde nicht an der Vibration trennen: Sie zeigt sich ab ' +
    '{vibrationHz}.',
  'record.write-again-skip': 'Noch einmal schreiben oder überspringen.',
  'record.write-first': 'Das erste schreiben.',
  'record.write-skip': 'Schreiben oder überspringen.',
  'record.write-some-words-first':
    'In der ersten Hälfte einige Wörter schreiben, dann den Stift still über dem Papier halten. Bleibt es so, ' +
    'die Faktoren der Kanäle prüfen.',
  'record.writer-not-agreed-yet': 'Die Einwilligung steht noch aus.',
  'record.writes-virtual-real-writer': 'Was {name} schreibt, ist virtuell, und {name2} ist eine echte Person.',
  'record.writes-virtual-reenacted-writer': 'Was {name} schreibt, ist virtuell, und {name2} ist nachgestellt.',
  'record.writing-resting-look-alike': 'Schreiben und Ruhe sehen für diesen Stift gleich aus.',
}
