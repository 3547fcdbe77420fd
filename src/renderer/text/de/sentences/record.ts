import type { Sentences } from '../../sentences.ts'

export const record: Sentences = {
  'What {0} writes is virtual, and {1} is a real writer.':
    'Was {0} schreibt, ist virtuell, und {1} ist eine echte Person.',
  'What {0} writes is virtual, and {1} is re-enacted.': 'Was {0} schreibt, ist virtuell, und {1} ist nachgestellt.',
  'Choose or create a virtual writer, or take a real pen.':
    'Einen virtuellen Schreiber wählen oder anlegen, oder einen echten Stift nehmen.',
  '500 German and English words that cover A-Z a-z ÄÖÜäöüß':
    '500 deutsche und englische Wörter mit allen Buchstaben A-Z a-z ÄÖÜäöüß',
  '24 short words to begin with': '24 kurze Wörter für den Anfang',
  '40 short equations of digits and + - · : =': '40 kurze Gleichungen aus Ziffern und + - · : =',
  'There is no word to write again yet.': 'Noch gibt es kein Wort zu wiederholen.',
  'Write the first one.': 'Das erste schreiben.',
  'The writer has not agreed yet.': 'Die Einwilligung steht noch aus.',
  'Record begins when they agree; stop the session if they do not.':
    'Die Aufnahme beginnt mit der Einwilligung; ohne sie die Sitzung beenden.',
  'No consent is asked for now.': 'Jetzt wird keine Einwilligung erfragt.',
  'No question is asked now.': 'Jetzt wird keine Frage gestellt.',
  '“{0}” was not asked.': '„{0}“ wurde nicht gefragt.',
  'Questions are {0}.': 'Die Fragen sind {0}.',
  '“{0}” is not answered.': '„{0}“ ist nicht beantwortet.',
  'Answer it, then go on.': 'Beantworten, dann weiter.',
  '“{0}” is no answer to “{1}”.': '„{0}“ ist keine Antwort auf „{1}“.',
  'Choose one of {0}.': 'Eines davon wählen: {0}.',
  '{0} is {1}.': '{0}: {1}.',
  '{0} is gone.': '{0} ist weg.',
  '{0} is silent.': '{0} ist stumm.',
  '{0} is lost.': '{0} ist abgezogen.',
  '{0} is failed.': '{0} ist ausgefallen.',
  '{0} is opening.': '{0} wird geöffnet.',
  '{0} is away.': '{0} ist weg.',
  'Connect and open it again; the session goes on with the same word.':
    'Wieder verbinden und öffnen; die Sitzung geht mit demselben Wort weiter.',
  'Nothing was written yet for “{0}”.': 'Für „{0}“ wurde noch nichts geschrieben.',
  'Write it, or skip it.': 'Schreiben oder überspringen.',
  'The word is nearly {0} minutes long: then its recording is ended, and another one begins.':
    'Das Wort ist bald {0} Minuten lang: Dann endet seine Aufnahme, und eine neue beginnt.',
  'The word has become longer than {0} minutes: that recording is kept as interrupted, and another one goes on.':
    'Das Wort ist länger als {0} Minuten geworden: Diese Aufnahme bleibt als unterbrochen gespeichert, und eine neue geht weiter.',
  'The word was longer than {0} minutes: it is kept as several interrupted recordings.':
    'Das Wort war länger als {0} Minuten: Es bleibt als mehrere unterbrochene Aufnahmen gespeichert.',
  'Where the word is written, end it; where nobody writes, stop the session.':
    'Ist das Wort geschrieben, es beenden; schreibt niemand, die Sitzung beenden.',
  'Write it again, or skip it.': 'Noch einmal schreiben oder überspringen.',
  'All prompts are done.': 'Alle Vorgaben sind geschrieben.',
  'Stop the session, or write the last word again.': 'Die Sitzung beenden oder das letzte Wort noch einmal schreiben.',
  'Stop the session and start it again; what was saved is kept.':
    'Die Sitzung beenden und neu beginnen; Gespeichertes bleibt.',
  'All prompts of session {0} are done.': 'Alle Vorgaben der Sitzung {0} sind geschrieben.',
  'Start a new session.': 'Eine neue Sitzung beginnen.',
  'Session {0} is running.': 'Sitzung {0} läuft.',
  '{0} is not open.': '{0} ist nicht geöffnet.',
  'Open it on the Devices page, then start the session.': 'Auf der Seite „Geräte“ öffnen, dann die Sitzung beginnen.',
  'There is nothing to write: the list of prompts is empty.':
    'Es gibt nichts zu schreiben: Die Liste der Vorgaben ist leer.',
  'Choose a list of prompts.': 'Eine Liste von Vorgaben wählen.',
  'Prompt {0} is empty.': 'Vorgabe {0} ist leer.',
  'Remove it from the list.': 'Sie aus der Liste entfernen.',
  'Session {0} began with pen {1}; {2} is pen {3}.': 'Sitzung {0} begann mit Stift {1}; {2} ist Stift {3}.',
  'Take the same pen, or start a new session.': 'Denselben Stift nehmen oder eine neue Sitzung beginnen.',
  'Session {0} began with another profile or calibration than {1} is open with.':
    'Sitzung {0} begann mit einem anderen Profil oder einer anderen Kalibrierung, als {1} jetzt hat.',
  'Open it with the same profile, or start a new session.':
    'Mit demselben Profil öffnen oder eine neue Sitzung beginnen.',
  'No session is running.': 'Es läuft keine Sitzung.',
  'Start one on the Record page.': 'Auf der Seite „Aufnehmen“ eine beginnen.',
  'A session with {0} is running ({1} of {2} words).': 'Eine Sitzung mit {0} läuft ({1} von {2} Wörtern).',
  'Stop that session, here or in the other window, then start this one.':
    'Jene Sitzung beenden, hier oder im anderen Fenster, dann diese beginnen.',
  'No model checks the words of this session: {0}': 'In dieser Sitzung prüft kein Modell die Wörter: {0}',
  'Model {0} cannot be asked here.': 'Modell {0} lässt sich hier nicht befragen.',

  'Words cannot be told apart by motion: the device has neither gyroscope nor accelerometer channels.':
    'Wörter lassen sich nicht an der Bewegung trennen: Das Gerät hat weder Gyroskop noch Beschleunigungssensor.',
  'Let its profile cut words by force, or end each word by key.':
    'Im Profil nach Kraft trennen oder jedes Wort mit einer Taste beenden.',
  'Words cannot be told apart by vibration: the device has neither accelerometer nor gyroscope channels.':
    'Wörter lassen sich nicht an der Vibration trennen: Das Gerät hat weder Beschleunigungssensor noch Gyroskop.',
  'Words cannot be told apart by vibration at {0} frames a second: it shows from {1} on.':
    'Wörter lassen sich bei {0} Frames je Sekunde nicht an der Vibration trennen: Sie zeigt sich ab {1}.',
  'Words cannot be told apart by force: the device has no channel called force.':
    'Wörter lassen sich nicht an der Kraft trennen: Das Gerät hat keinen Kanal namens force.',
  'Let its profile cut words by motion, or end each word by key.':
    'Im Profil nach Bewegung trennen oder jedes Wort mit einer Taste beenden.',
  'The pen sent too few frames while {0}.': 'Der Stift sandte zu wenige Frames ({0}).',
  'The pen sent too few frames while writing.': 'Der Stift sandte beim Schreiben zu wenige Frames.',
  'The pen sent too few frames while resting.': 'Der Stift sandte in Ruhe zu wenige Frames.',
  'See on the Devices page whether its signal flows, and calibrate again.':
    'Auf der Seite „Geräte“ nachsehen, ob sein Signal fließt, und neu kalibrieren.',
  'Writing and resting look alike to this pen.': 'Schreiben und Ruhe sehen für diesen Stift gleich aus.',
  'Write some words for the first half, then hold the pen still above the paper. If it stays so, check the scale of its channels.':
    'In der ersten Hälfte einige Wörter schreiben, dann den Stift still über dem Papier halten. Bleibt es so, die Faktoren der Kanäle prüfen.',
}
