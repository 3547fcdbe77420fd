import type { Sentences } from '../../sentences.ts'

/** What several parts of the host say: about input that does not fit, files, disks, and the entry points. */
export const general: Sentences = {
  'must not be empty': 'darf nicht leer sein',
  'must not contain control characters': 'darf keine Steuerzeichen enthalten',
  'must be lower-case letters, digits and hyphens': 'darf nur Kleinbuchstaben, Ziffern und Bindestriche enthalten',
  'must have nine numbers': 'muss neun Zahlen haben',
  'must have a protocol or a list of prompts': 'braucht ein Protokoll oder eine Liste von Vorgaben',
  'must name a folder': 'muss einen Ordner nennen',
  'must name a file': 'muss eine Datei nennen',
  'is longer than a megabyte': 'ist länger als ein Megabyte',
  'is not known here': 'ist hier nicht bekannt',
  'must be one of {0}, not {1}': 'muss eines von {0} sein, nicht {1}',
  'must be {0}, not {1}': 'muss {0} sein, nicht {1}',
  'a text': 'ein Text',
  'a number': 'eine Zahl',
  'true or false': 'true oder false',
  'a list': 'eine Liste',
  'an object with fields': 'ein Objekt mit Feldern',
  nothing: 'nichts',
  'must be a whole number': 'muss eine ganze Zahl sein',
  'must be a finite number': 'muss eine endliche Zahl sein',
  'must be at least {0}': 'muss mindestens {0} sein',
  'must be at most {0}': 'darf höchstens {0} sein',
  'must have at least {0} characters': 'muss mindestens {0} Zeichen haben',
  'must have at most {0} characters': 'darf höchstens {0} Zeichen haben',
  'must have at least {0} values': 'muss mindestens {0} Werte haben',
  'must have at most {0} values': 'darf höchstens {0} Werte haben',
  'does not have the right form': 'hat nicht die richtige Form',
  'Correct this and try again; nothing was changed.':
    'Das berichtigen und noch einmal versuchen; geändert wurde nichts.',

  'The connection to Kalamos broke while a file was on its way.':
    'Die Verbindung zu Kalamos brach ab, während eine Datei unterwegs war.',
  'A file of this name cannot be taken.': 'Eine Datei dieses Namens kann nicht angenommen werden.',
  'Rename it without signs such as : or \\, and try again.':
    'Ohne Zeichen wie : oder \\ benennen und noch einmal versuchen.',
  'There is nothing to download.': 'Es gibt nichts herunterzuladen.',
  'Export it again.': 'Noch einmal exportieren.',
  'This upload is not there any more.': 'Das Gesendete ist nicht mehr da.',
  'Choose the file again.': 'Die Datei noch einmal wählen.',
  'Nothing more of this upload came for {0} seconds.': 'Seit {0} Sekunden kam davon nichts mehr an.',
  'Check the connection to the machine where Kalamos runs, and send it again.':
    'Die Verbindung zu dem Rechner prüfen, auf dem Kalamos läuft, und es noch einmal senden.',
  'The disk of Kalamos has no room for this upload.': 'Auf dem Datenträger von Kalamos ist dafür kein Platz.',
  'Free some space there, or send less at once.': 'Dort Platz schaffen oder weniger auf einmal senden.',
  'An upload may come to {0} GB.': 'Auf einmal gesendet werden können höchstens {0} GB.',
  'Copy the files to the machine where Kalamos runs, and give their path.':
    'Die Dateien auf den Rechner kopieren, auf dem Kalamos läuft, und ihren Pfad angeben.',
  'This download was fetched already, or is too old.': 'Das wurde schon heruntergeladen oder ist zu alt.',
  'So many windows are connected that no more can be let in.':
    'Es sind so viele Fenster verbunden, dass keines mehr eingelassen werden kann.',
  'Close windows of Kalamos that nobody needs, and try again.':
    'Fenster von Kalamos schließen, die niemand braucht, und noch einmal versuchen.',
  'Too many files are open on this machine.': 'Auf diesem Rechner sind zu viele Dateien geöffnet.',
  'Close windows of Kalamos and programs that nobody needs, and try again.':
    'Fenster von Kalamos und Programme schließen, die niemand braucht, und noch einmal versuchen.',
  'This window waits for {0} answers already.': 'Dieses Fenster wartet schon auf {0} Antworten.',
  'Wait until some of them are there, or reload the page.':
    'Warten, bis einige davon da sind, oder die Seite neu laden.',
  'Kalamos does not answer, so this was not done.': 'Kalamos antwortet nicht, deshalb ist das nicht geschehen.',
  'Only the page of Kalamos itself may ask.': 'Nur die Seite von Kalamos selbst darf fragen.',
  'There is no request called {0}.': 'Es gibt keine Anfrage namens {0}.',
  'There is no {0} called {1}.': 'Es gibt kein {0} namens {1}.',
  'Reload the page: it may be older than the app.': 'Die Seite neu laden: Sie ist vielleicht älter als die App.',

  'Kalamos was updated while it was running.': 'Kalamos wurde aktualisiert, während es lief.',
  'That disk is read-only: make it writable.': 'Dieser Datenträger kann nur gelesen werden: Ihn beschreibbar machen.',
  'Move away the file that stands in the place of the folder {0}.':
    'Die Datei wegräumen, die anstelle des Ordners {0} steht.',
  'Move away the folder {0}: a file has to stand there.': 'Den Ordner {0} wegräumen: Dort muss eine Datei stehen.',
  'Close it and start it again.': 'Es schließen und neu starten.',
  '{0} is there already.': '{0} gibt es schon.',
  'The disk is full: {0} was not written.': 'Die Festplatte ist voll: {0} wurde nicht geschrieben.',
  'The disk is full: {0} cannot grow.': 'Die Festplatte ist voll: {0} kann nicht wachsen.',
  '{0} lies on a disk that is read-only.': '{0} liegt auf einem Datenträger, der nur gelesen werden kann.',
  'Name a place on another disk, or make this one writable.':
    'Einen Ort auf einem anderen Datenträger nennen, oder diesen beschreibbar machen.',
  'Make that disk writable, or choose another database with --database <file>.':
    'Den Datenträger beschreibbar machen oder mit --database <Datei> eine andere Datenbank wählen.',
  '{0} may not be opened by this account.': '{0} darf dieses Konto nicht öffnen.',
  'Give yourself the right to it, or name another place.': 'Sich das Recht dazu geben oder einen anderen Ort nennen.',
  'Free some space on that disk and try again.': 'Platz auf dem Datenträger schaffen und noch einmal versuchen.',
  '{0} cannot be written ({1}).': '{0} lässt sich nicht schreiben ({1}).',
  '{0} cannot be written.': '{0} lässt sich nicht schreiben.',
  'Name a place that you may write to.': 'Einen Ort mit Schreibrecht nennen.',
  'Check the path.': 'Den Pfad prüfen.',
  'No package {0} {1} ships with Kalamos.': 'Kein Paket {0} {1} gehört zu Kalamos.',
  'There is no {0}.': '{0} gibt es nicht.',
  'There is no folder {0}.': 'Den Ordner {0} gibt es nicht.',
  'There are {0}.': 'Es gibt {0}.',
  '{0} is a file.': '{0} ist eine Datei.',
  'The answer to {0} is too large to be shown.': 'Die Antwort auf {0} ist zu groß, um gezeigt zu werden.',
  'Ask for less at a time, such as by a narrower filter.':
    'Weniger auf einmal abfragen, etwa mit einem engeren Filter.',
  '{0} is a folder.': '{0} ist ein Ordner.',
  '{0} is a pipe.': '{0} ist eine Pipe.',
  '{0} is a socket.': '{0} ist ein Socket.',
  '{0} is a device.': '{0} ist ein Gerät.',
  '{0} may not be read.': '{0} darf nicht gelesen werden.',
  'Give this account the right to read it.': 'Diesem Konto das Leserecht geben.',
  'Write one word a line.': 'Ein Wort je Zeile schreiben.',

  'Kalamos could not be updated: {0}': 'Kalamos konnte nicht aktualisiert werden: {0}',
  'It looks again tomorrow, or when it is started again.': 'Es sucht morgen wieder, oder nach einem Neustart.',
}
