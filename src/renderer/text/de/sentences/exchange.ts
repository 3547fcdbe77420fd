import type { Sentences } from '../../sentences.ts'

export const exchange: Sentences = {
  '{0} unpacks to more than {1} times its size.': '{0} entpackt sich auf mehr als das {1}-Fache.',
  'That is no file of recordings; check where it came from.':
    'Das ist keine Datei mit Aufnahmen; prüfen, woher sie stammt.',
  '{0} is damaged in or after line {1}.': '{0} ist in oder nach Zeile {1} beschädigt.',
  'Copy or download the file again.': 'Die Datei neu kopieren oder laden.',
  'The export to {0} was cancelled; nothing of it was kept.':
    'Der Export nach {0} wurde abgebrochen; nichts davon blieb.',
  'There is nothing to export to {0}.': 'Es gibt nichts nach {0} zu exportieren.',
  'Record or import something first, or choose by another filter.':
    'Erst etwas aufnehmen oder importieren oder mit einem anderen Filter wählen.',
  'Nothing fits into {0}: {1} {2}.': 'Nichts passt in {0}: {1} {2}.',
  'Choose another format; parquet, npz, xdf and ndjson hold every recording.':
    'Ein anderes Format wählen; parquet, npz, xdf und ndjson fassen jede Aufnahme.',
  'Name a new place: an export never writes over anything.':
    'Einen neuen Ort nennen: Ein Export überschreibt nie etwas.',
  'Make it first, or name another place.': 'Erst anlegen oder einen anderen Ort nennen.',
  'Name a file.': 'Eine Datei nennen.',
  'Name a folder.': 'Einen Ordner nennen.',
  '{0} breaks off in line {1}.': '{0} bricht in Zeile {1} ab.',
  '{0} breaks off at byte {1}.': '{0} bricht bei Byte {1} ab.',
  '{0} has a clock offset that is no number.': '{0} hat einen Uhrenversatz, der keine Zahl ist.',
  '{0}, which keeps the frozen folds, is damaged.': '{0}, worin die eingefrorenen Folds stehen, ist beschädigt.',
  'Restore it from a backup; without it, people would move between folds.':
    'Aus einer Sicherung wiederherstellen; ohne sie würden Personen zwischen Folds wandern.',
  '{0} can be imported, not exported.': '{0} lässt sich importieren, nicht exportieren.',
  'Export as one of {0}.': 'Als eines davon exportieren: {0}.',
  '{0} is being {1}.': '{0}: {1}.',
  '{0} is being imported.': '{0} wird gerade importiert.',
  '{0} is being exported.': '{0} wird gerade exportiert.',
  'Wait until it is done, or cancel it.': 'Warten, bis es fertig ist, oder abbrechen.',
  'The import of {0} was cancelled; nothing of it was kept.':
    'Der Import von {0} wurde abgebrochen; nichts davon blieb.',
  'Import it again when it suits.': 'Bei Gelegenheit neu importieren.',
  '{0} holds no recording.': '{0} enthält keine Aufnahme.',
  'Check that it is the right file, and the right format.':
    'Prüfen, ob es die richtige Datei und das richtige Format ist.',
  ' So do {0} more that were looked at.': ' Ebenso {0} weitere geprüfte.',
  '{0}, {1} does not fit: {2}.{3} Nothing was imported.': '{0}, {1} passt nicht: {2}.{3} Nichts wurde importiert.',
  '{0}, {1} does not fit: {2}. Nothing was imported.': '{0}, {1} passt nicht: {2}. Nichts wurde importiert.',
  'Correct the file, or import without asking for all of it.':
    'Die Datei berichtigen oder importieren, ohne alles zu verlangen.',
  'Free some space, or export to another disk.': 'Platz schaffen oder auf eine andere Festplatte exportieren.',
  'Name a new place.': 'Einen neuen Ort nennen.',
  'has damaged samples': 'hat beschädigte Messwerte',
  '{0} cannot be written{1}.': '{0} lässt sich nicht schreiben{1}.',
  '{0} is damaged: a page of its column {1} is not as it was written.':
    '{0} ist beschädigt: eine Seite der Spalte {1} ist nicht mehr, wie sie geschrieben wurde.',
  'Reading {0} was cancelled.': 'Das Lesen von {0} wurde abgebrochen.',
  '{0} is damaged or far too large: {1}.': '{0} ist beschädigt oder viel zu groß: {1}.',
  'its reader ended ({0})': 'der Leser endete ({0})',
  'reading it wants more than {0} MB of memory': 'das Lesen verlangt mehr als {0} MB Arbeitsspeicher',
  'its reader told something else': 'der Leser meldete etwas anderes',
  'Copy or download the file again, or write it in smaller parts.':
    'Die Datei neu kopieren oder laden, oder sie in kleineren Teilen schreiben.',
  '{0} holds more than {1} recordings.': '{0} enthält mehr als {1} Aufnahmen.',
  '{0} holds more lists and values than fit into the memory.':
    '{0} enthält mehr Listen und Werte, als in den Speicher passen.',
  'has {0} channels; a pen has {1} at most': 'hat {0} Kanäle; ein Stift hat höchstens {1}',
  'is nested too deep': 'ist zu tief verschachtelt',
  '{0} has {1} columns; at most {2} are read.': '{0} hat {1} Spalten; gelesen werden höchstens {2}.',
  'Leave out those that are of no pen.': 'Die Spalten weglassen, die zu keinem Stift gehören.',
  'lies over {0} other labels': 'liegt über {0} anderen Labels',
  'Import it in parts.': 'Sie in Teilen importieren.',
  'taking a group of its rows apart does not end': 'das Zerlegen einer Zeilengruppe endet nicht',
  'Nothing was imported since Kalamos was started.': 'Seit dem Start von Kalamos wurde nichts importiert.',
  'Import something first.': 'Erst etwas importieren.',
  'row {0}': 'Zeile {0}',
  'line {0}': 'Zeile {0}',
  '{0} more were refused': '{0} weitere wurden abgelehnt',
  '{0} more were left out': '{0} weitere wurden ausgelassen',
  'has {0} channels but {1} units': 'hat {0} Kanäle, aber {1} Einheiten',
  '{0} is no channel name': '{0} ist kein Kanalname',
  'channel {0} is in {1}, which is no unit of a pen': 'Kanal {0} ist in {1}, keiner Einheit eines Stifts',
  'has a channel twice': 'hat einen Kanal doppelt',
  'has no samples': 'hat keine Messwerte',
  'has no values': 'hat keine Werte',
  'has no frames in its time': 'hat in seiner Zeit keine Frames',
  'has no rate that a pen can have, and no times that would tell one':
    'hat keine Rate, die ein Stift haben kann, und keine Zeiten, die eine verraten',
  'has one time for many frames, and no rate': 'hat eine Zeit für viele Frames und keine Rate',
  'has times that do not rise, and no rate': 'hat Zeiten, die nicht steigen, und keine Rate',
  'is too short to tell its rate, and declares none': 'ist zu kurz, um ihre Rate zu erkennen, und nennt keine',
  'has {0} samples a second; a pen has {1} to {2}': 'hat {0} Messwerte je Sekunde; ein Stift hat {1} bis {2}',
  'has a pause of {0} s in it, before frame {1}': 'hat eine Pause von {0} s, vor Frame {1}',
  'its clock started over {0} and was set straight': 'die Uhr fing {0} von vorn an und wurde fortgeschrieben',
  'its clock was out of line at {0} of {1} frames, which have the times of their neighbours now':
    'die Uhr sprang bei {0} von {1} Frames; dort gelten die Zeiten der Nachbarn',
  'its clock began anew or jumped {0}, and it was parted there':
    'die Uhr begann neu oder sprang, {0}; dort wurde geteilt',
  'its frames came in batches with one time each and were spread evenly':
    'die Frames kamen in Stößen mit je einer Zeit und wurden gleichmäßig verteilt',
  'it has one time for many frames, which are counted at {0} Hz':
    'viele Frames haben dieselbe Zeit; sie sind mit {0} Hz gezählt',
  'it has times that do not rise, so its frames are counted at {0} Hz':
    'die Zeiten steigen nicht; die Frames sind mit {0} Hz gezählt',
  'it declares {0} Hz, but its times say {1} Hz, which was taken':
    'angegeben sind {0} Hz, die Zeiten sagen {1} Hz; das gilt',
  'it has a pause of {0} s, which was kept as a gap': 'eine Pause von {0} s bleibt als Lücke',
  once: 'einmal',
  'it breaks off behind the array {0}; what is whole before came in':
    'sie bricht hinter dem Feld {0} ab; was davor ganz ist, kam herein',
  '{0} of {1} recordings came in; {2} breaks off at byte {3}':
    '{0} von {1} Aufnahmen kamen herein; {2} bricht bei Byte {3} ab',
  'column {0}': 'Spalte {0}',
  'it holds {0} and was left out': 'sie enthält {0} und ist ausgelassen',
  texts: 'Texte',
  'nested lists': 'verschachtelte Listen',
  structures: 'Strukturen',
  'rows {0} to {1}': 'Zeilen {0} bis {1}',
  'are damaged': 'sind beschädigt',
  'its channels ({0}) name no sensor of a pen and no unit of one; say so if it is one all the same':
    'die Kanäle ({0}) nennen keinen Sensor und keine Einheit eines Stifts; ist es doch einer, das angeben',
  'the end of the file': 'das Ende der Datei',
  'it breaks off at byte {0}; what is whole before came in':
    'sie bricht bei Byte {0} ab; was davor ganz ist, kam herein',
  'has a rate that no pen has': 'hat eine Rate, die kein Stift hat',
  '{0} times': '{0}-mal',
  '{0}, part {1}': '{0}, Teil {1}',
  'stream {0}, part {1}': 'Strom {0}, Teil {1}',
  'its clock began anew while it was recorded': 'seine Uhr begann während der Aufnahme von vorn',
  'the clock of its markers began anew while they were recorded':
    'die Uhr seiner Marker begann während der Aufnahme von vorn',
  'has no writer; name the column of the writer, or a name for all':
    'hat keinen Schreiber; die Spalte des Schreibers nennen oder einen Namen für alle',
  'has no details: who wrote it is not known': 'hat keine Angaben: wer es schrieb, ist nicht bekannt',
  'has gaps that lie outside of it': 'hat Lücken, die außerhalb liegen',
  'has {0} samples but {1} times': 'hat {0} Messwerte, aber {1} Zeiten',
  'has {0} frames but another number of times': 'hat {0} Frames, aber eine andere Zahl von Zeiten',
  'sample {0} has {1} values for {2} channels': 'Messwert {0} hat {1} Werte für {2} Kanäle',
  'gaps: are out of order or behind the end': 'gaps: stehen nicht der Reihe nach oder hinter dem Ende',
  'has a channel that is no column': 'hat einen Kanal, der keine Spalte ist',
  'has a list of channels that is not there': 'nennt eine Kanalliste, die nicht da ist',
  'has a label that is none of {0}': 'hat ein Label, das nicht aus {0} ist',
  'row {0} has {1} cells, the heading {2}': 'Zeile {0} hat {1} Zellen, die Überschrift {2}',
  'row {0}: {1} in {2} is no number': 'Zeile {0}: {1} in {2} ist keine Zahl',
  'row {0}: {1} in {2} is no number; its fraction stands after a comma':
    'Zeile {0}: {1} in {2} ist keine Zahl; die Nachkommastellen stehen hinter einem Komma',
  'row {0}: {1} is no time': 'Zeile {0}: {1} ist keine Zeit',
  'row {0}: its times or lost frames are no numbers': 'Zeile {0}: Zeiten oder verlorene Frames sind keine Zahlen',
  'the rate changes from {0} to {1} Hz in row {2}': 'die Rate wechselt von {0} auf {1} Hz in Zeile {2}',
  'changes its rate, from {0} to {1} Hz': 'wechselt die Rate, von {0} auf {1} Hz',
  'is too short to tell its rate from its times': 'ist zu kurz, um aus den Zeiten die Rate zu erkennen',
  'has more than {0} rows': 'hat mehr als {0} Zeilen',
  'line {0} has commas before its fractions': 'Zeile {0} hat Kommas vor den Nachkommastellen',
  'line {0} does not hold {1} numbers': 'Zeile {0} enthält nicht {1} Zahlen',
  'is no JSON': 'ist kein JSON',
  'is too long': 'ist zu lang',
  'is not there': 'ist nicht da',
  'lies outside of the folder': 'liegt außerhalb des Ordners',
  'begins after the last frame': 'beginnt nach dem letzten Frame',
  'does not name its channels': 'nennt seine Kanäle nicht',
  'the column {0} names no unit': 'die Spalte {0} nennt keine Einheit',
  '{0} holds what is no number': '{0} enthält etwas, das keine Zahl ist',
  '{0} has {1} values where {2} has {3}': '{0} hat {1} Werte, {2} dagegen {3}',
  'A writer called {0} is here already, with {1} recordings, and could be somebody else than the one in the file. Nothing was imported.':
    'Jemand mit dem Pseudonym {0} ist schon da, mit {1} Aufnahmen, und könnte jemand anderes sein als in der ' +
    'Datei. Nichts wurde importiert.',
  'Say that they are the same people, or put something before the names of the file. In the terminal: --same-writers or --prefix.':
    'Angeben, dass es dieselben Personen sind, oder den Pseudonymen der Datei etwas voranstellen. Im Terminal: ' +
    '--same-writers oder --prefix.',
  "the writer {0} is {1} here and {2} in the file; give the file's writers a prefix":
    'Schreiber {0} ist hier {1} und in der Datei {2}; den Schreibern der Datei eine Vorsilbe geben',

  '{0}: byte {1} announces a length of {2} bytes, which XDF does not have.':
    '{0}: Byte {1} kündigt eine Länge von {2} Bytes an, die es in XDF nicht gibt.',
  'The file is damaged or no XDF file.': 'Die Datei ist beschädigt oder keine XDF-Datei.',
  '{0} does not begin with "{1}".': '{0} beginnt nicht mit „{1}“.',
  'Choose a file of LabRecorder or another XDF writer.':
    'Eine Datei von LabRecorder oder einem anderen XDF-Programm wählen.',
  '{0} has samples of a stream without a header.': '{0} hat Messwerte eines Stroms ohne Kopf.',
  'Copy the file again, or record it again.': 'Die Datei neu kopieren oder neu aufnehmen.',
  '{0}: the stream "{1}" has {2} channels of format "{3}".': '{0}: Der Strom „{1}“ hat {2} Kanäle im Format „{3}“.',
  '{0} has no stream.': '{0} hat keinen Strom.',
  'Record something first.': 'Erst etwas aufnehmen.',
  'The format of Lab Streaming Layer: for each session a stream of samples, and its words as markers.':
    'Das Format von Lab Streaming Layer: je Sitzung ein Strom von Messwerten, ihre Wörter als Marken.',
  'REWI layout': 'REWI-Anordnung',
  'Annotations in train.json and val.json, a table a recording; five folds that stay as they were drawn, by writers and by words, and a holdout of writers.':
    'Annotationen in train.json und val.json, eine Tabelle je Aufnahme; fünf Folds, die bleiben, wie sie ' +
    'gezogen wurden, nach Schreibern und nach Wörtern, und zurückgehaltene Schreiber.',
  '{0} has no val.json: it is no set in the layout of REWI.':
    '{0} hat keine val.json: Es ist kein Satz in der Anordnung von REWI.',
  'Name the folder that holds train.json, val.json and data.':
    'Den Ordner nennen, der train.json, val.json und data enthält.',
  '{0} is larger than any list of recordings.': '{0} ist größer als jede Liste von Aufnahmen.',
  'Check where it came from.': 'Prüfen, woher es stammt.',
  '{0} is no JSON, or breaks off.': '{0} ist kein JSON oder bricht ab.',
  'Copy or download it again.': 'Neu kopieren oder laden.',
  '{0} is no list of annotations: {1}.': '{0} ist keine Liste von Annotationen: {1}.',
  'It needs annotations by fold, as the layout of REWI has them.':
    'Es braucht Annotationen je Fold, wie die Anordnung von REWI sie hat.',
  'REWI, writer not stated': 'REWI, Schreiber nicht genannt',
  '{0} holds numbers of the kind {1}, which no recording has.':
    '{0} enthält Zahlen der Art {1}, die keine Aufnahme hat.',
  '{0} is damaged at byte {1}, or is no pickle.': '{0} ist bei Byte {1} beschädigt oder kein Pickle.',
  '{0} wants to run or build {1}, which is refused.': '{0} will {1} ausführen oder bauen; das wird verweigert.',
  'Only lists, numbers, text and numpy arrays are read. Do not open this file with Python unless you trust whoever made it.':
    'Gelesen werden nur Listen, Zahlen, Text und numpy-Felder. Diese Datei nur dann mit Python öffnen, wenn ' +
    'ihre Herkunft vertrauenswürdig ist.',
  '{0} cannot be read: {1}.': '{0} lässt sich nicht lesen: {1}.',
  'Save it again with numpy.save.': 'Mit numpy.save neu speichern.',
  '{0} announces an array of objects and holds something else.':
    '{0} kündigt ein Feld von Objekten an und enthält etwas anderes.',
  '{0} calls {1} in a way that numpy does not.': '{0} ruft {1} auf, wie numpy es nicht tut.',
  'The file is damaged, or was made to do harm.': 'Die Datei ist beschädigt oder soll Schaden anrichten.',
  '{0} gives a state to {1}, which has none here.': '{0} gibt {1} einen Zustand, den es hier nicht hat.',
  '{0} holds an array that announces {1} elements and has {2}.':
    '{0} enthält ein Feld, das {1} Elemente ankündigt und {2} hat.',
  'The file is damaged; copy or download it again.': 'Die Datei ist beschädigt; neu kopieren oder laden.',
  '{0} holds objects where numbers are expected.': '{0} enthält Objekte, wo Zahlen erwartet werden.',
  '{0} holds an array whose data break off.': '{0} enthält ein Feld, dessen Daten abbrechen.',
  '{0} holds a text with a character of the number {1}, which there is none of.':
    '{0} enthält einen Text mit einem Zeichen der Nummer {1}, das es nicht gibt.',
  'A recording with gaps that are no counts of frames cannot be stored.':
    'Eine Aufnahme, deren Lücken keine Anzahl von Messpunkten sind, kann nicht gespeichert werden.',
  'The file is damaged: get it anew where it came from.':
    'Die Datei ist beschädigt: neu von dort holen, woher sie kam.',
  '{0} holds an array with a shape that is none.': '{0} enthält ein Feld mit unmöglicher Form.',
  '{0} has more than {1} steps.': '{0} hat mehr als {1} Schritte.',
  'A table with one row a recording; every channel is a column of lists.':
    'Eine Tabelle mit einer Zeile je Aufnahme; jeder Kanal ist eine Spalte von Listen.',
  '{0} is damaged: its pages do not add up.': '{0} ist beschädigt: Die Seiten gehen nicht auf.',
  'Copy the file again.': 'Die Datei neu kopieren.',
  '{0} is no Parquet file.': '{0} ist keine Parquet-Datei.',
  'Choose a file that ends in .parquet.': 'Eine Datei wählen, die auf .parquet endet.',
  '{0} has a group of rows of {1} bytes: it would fill the memory.':
    '{0} hat eine Zeilengruppe von {1} Bytes: Sie würde den Speicher füllen.',
  'Write it with smaller groups of rows; a few thousand recordings each are plenty.':
    'Mit kleineren Zeilengruppen schreiben; einige tausend Aufnahmen je Gruppe genügen.',
  '{0} has no column {1}.': '{0} hat keine Spalte {1}.',
  'One row must be one recording; docs/formats.md lists the columns.':
    'Eine Zeile muss eine Aufnahme sein; docs/formats.md nennt die Spalten.',
  '{0} has no column of lists of numbers: {1}.': '{0} hat keine Spalte mit Zahlenlisten: {1}.',
  '{0} holds {1}': '{0} enthält {1}',
  'it holds plain values alone': 'sie enthält nur einzelne Werte',
  'One row must be one recording: put its samples into lists, one column a channel; docs/formats.md has an example.':
    'Eine Zeile muss eine Aufnahme sein: ihre Messwerte in Listen ablegen, eine Spalte je Kanal; ' +
    'docs/formats.md hat ein Beispiel.',
  '{0} is damaged, or packed in a way that cannot be read{1}.':
    '{0} ist beschädigt oder so gepackt, dass es nicht lesbar ist{1}.',
  '{0} is packed with {1}, which is not read.': '{0} ist mit {1} gepackt; das wird nicht gelesen.',
  'Write it with snappy, gzip or zstd.': 'Mit snappy, gzip oder zstd schreiben.',
  'Copy the file again, or write it with snappy, gzip or zstd.':
    'Die Datei noch einmal kopieren oder mit snappy, gzip oder zstd schreiben.',
  'The data sets OnHW-words500, -chars, -symbols and -equations, as they are published (.pkl and .npy).':
    'Die Datensätze OnHW-words500, -chars, -symbols und -equations, wie sie veröffentlicht sind (.pkl und .npy).',
  '{0} is no folder of OnHW: it has neither all_x_dat_*.pkl with their labels, nor X_train.npy and y_train.npy.':
    '{0} ist kein Ordner von OnHW: Er hat weder all_x_dat_*.pkl mit Labels noch X_train.npy und y_train.npy.',
  'Name the folder of a fold, such as 0, or the folder that holds the folds.':
    'Den Ordner eines Folds nennen, etwa 0, oder den Ordner mit den Folds.',
  '{0} has {1} but no {2}.': '{0} hat {1}, aber kein {2}.',
  'Copy the folder again, with all its files.': 'Den Ordner mit allen Dateien neu kopieren.',
  '{0} has {1} recordings and {2} has {3}.': '{0} hat {1} Aufnahmen und {2} hat {3}.',
  'Copy the folder again: these files do not belong together.':
    'Den Ordner neu kopieren: Diese Dateien gehören nicht zusammen.',
  '{0} holds no list of recordings.': '{0} enthält keine Liste von Aufnahmen.',
  'Choose the folder as it was published.': 'Den Ordner wählen, wie er veröffentlicht wurde.',
  'OnHW, writer not stated': 'OnHW, Schreiber nicht genannt',
  'Arrays of numpy in one file: all frames one after the other, and where each recording begins.':
    'Felder von numpy in einer Datei: alle Frames nacheinander und wo jede Aufnahme beginnt.',
  '{0}: the array {1} cannot be read: {2}.': '{0}: Das Feld {1} lässt sich nicht lesen: {2}.',
  'The arrays that Kalamos reads are listed in docs/formats.md.':
    'Die Felder, die Kalamos liest, stehen in docs/formats.md.',
  '{0} has no array {1}; it has {2}.': '{0} hat kein Feld {1}; da sind {2}.',
  'Kalamos reads the arrays that are listed in docs/formats.md; save them with these names.':
    'Kalamos liest die Felder aus docs/formats.md; sie mit diesen Namen speichern.',
  '{0}: {1} is encrypted.': '{0}: {1} ist verschlüsselt.',
  'Unpack it with its password, and pack it again without.': 'Mit dem Kennwort entpacken und ohne neu packen.',
  '{0}: {1} is packed in a way ({2}) that numpy does not use.':
    '{0}: {1} ist auf eine Art ({2}) gepackt, die numpy nicht benutzt.',
  'Save it again with numpy.savez.': 'Mit numpy.savez neu speichern.',
  '{0}: {1} is damaged.': '{0}: {1} ist beschädigt.',
  '{0} is damaged: its directory cannot be read.': '{0} ist beschädigt: Das Verzeichnis lässt sich nicht lesen.',
  '{0} breaks off at byte {1}, before the array {2}.': '{0} bricht bei Byte {1} ab, vor dem Feld {2}.',
  '{0} of {1} recordings came in; it breaks off at byte {2}':
    '{0} von {1} Aufnahmen kamen herein; die Datei bricht bei Byte {2} ab',
  '{0}: {1} breaks off.': '{0}: {1} bricht ab.',
  'A member unpacks to more than the {0} bytes it announces.':
    'Ein Teil entpackt sich auf mehr als die angekündigten {0} Bytes.',
  '{0} is no NPZ file.': '{0} ist keine NPZ-Datei.',
  'Choose a file written by Kalamos or by numpy.savez.': 'Eine von Kalamos oder numpy.savez geschriebene Datei wählen.',
  '{0} holds {1}: it would fill the disk.': '{0} enthält {1}: Es würde die Festplatte füllen.',
  'One recording a line, as JSON; gzipped where the name ends in .gz.':
    'Eine Aufnahme je Zeile, als JSON; mit gzip gepackt, wo der Name auf .gz endet.',
  'DigiPen folders': 'DigiPen-Ordner',
  'A folder for each session with sensor_data.csv, labels.csv and calibration.txt; 13 channels at 100 Hz, in counts.':
    'Je Sitzung ein Ordner mit sensor_data.csv, labels.csv und calibration.txt; 13 Kanäle mit 100 Hz, in ' +
    'Zählschritten.',
  '{0} holds no recordings of a DigiPen: there is no {1} in it or below.':
    '{0} enthält keine Aufnahmen eines DigiPen: Weder darin noch darunter gibt es {1}.',
  'Name the folder of a session, with {0} and {1}, or one that holds such folders.':
    'Den Ordner einer Sitzung nennen, mit {0} und {1}, oder einen mit solchen Ordnern.',
  '{0} has {1} but no {2}: nobody knows what was written when.':
    '{0} hat {1}, aber kein {2}: Niemand weiß, was wann geschrieben wurde.',
  '{0} has commas before its fractions, in line {1}.': '{0} hat Dezimalkommas, in Zeile {1}.',
  'Export it again with points; a DigiPen writes whole numbers.':
    'Mit Punkten neu exportieren; ein DigiPen schreibt ganze Zahlen.',
  '{0} begins with {1} and not with {2}.': '{0} beginnt mit {1} und nicht mit {2}.',
  'That is no file of a DigiPen; import tables of other kinds as csv.':
    'Das ist keine Datei eines DigiPen; andere Tabellen als csv importieren.',
  'Virtual pen': 'Virtueller Stift',
  '{0} is no table of text.': '{0} ist keine Texttabelle.',
  'Choose a CSV file.': 'Eine CSV-Datei wählen.',
  '{0} has {1} in it.': '{0} enthält {1}.',
  '{0} has nothing in it.': '{0} ist leer.',
  '{0} has only a heading in it.': '{0} enthält nur eine Kopfzeile.',
  'A table needs a heading and rows of numbers.': 'Eine Tabelle braucht eine Kopfzeile und Zeilen mit Zahlen.',
  '{0}: the heading has {1} columns, but a row has {2} cells: commas seem to stand both between the cells and before the fractions.':
    '{0}: Die Kopfzeile hat {1} Spalten, eine Zeile aber {2} Zellen: Kommas scheinen sowohl zwischen den Zellen ' +
    'als auch vor den Nachkommastellen zu stehen.',
  'Export it again with points before the fractions, or with semicolons between the cells.':
    'Mit Dezimalpunkten oder mit Semikolons zwischen den Zellen neu exportieren.',
  'A table of text with one row a frame. Tables of others need a mapping of their columns.':
    'Eine Texttabelle mit einer Zeile je Frame. Fremde Tabellen brauchen eine Zuordnung ihrer Spalten.',
  '{0} has commas before its fractions, such as 0,5.': '{0} hat Dezimalkommas, etwa 0,5.',
  'Say so in the mapping of the columns (--decimal ,), or export it again with points.':
    'Das in der Zuordnung der Spalten angeben (--decimal ,) oder mit Punkten neu exportieren.',
  'No column of {0} is known to be a channel of a pen.': 'Keine Spalte von {0} ist als Kanal eines Stifts bekannt.',
  'Say which is which; it has {0}.': 'Angeben, welche welche ist; es gibt {0}.',
  '{0} does not say how many samples a second it has.': '{0} sagt nicht, wie viele Messwerte je Sekunde es hat.',
  'Give the rate, or the column of the time.': 'Die Rate oder die Spalte der Zeit angeben.',
  'The columns of {0} do not fit: {1}.': 'Die Spalten von {0} passen nicht: {1}.',
  'Correct the names and units of the channels.': 'Namen und Einheiten der Kanäle berichtigen.',
  '{0} is damaged.': '{0} ist beschädigt.',
  '{0} does not say for sure what one step of the time in {1} is{2}.':
    '{0} sagt nicht sicher, was ein Schritt der Zeit in {1} ist{2}.',
  ': it would be {0}': ': Es wären {0}',
  'Say the unit of the time in the mapping of the columns (--time-unit), or the rate.':
    'Die Einheit der Zeit in der Zuordnung der Spalten angeben (--time-unit), oder die Rate.',
  '{0} is damaged after row {1}: {2}.': '{0} ist nach Zeile {1} beschädigt: {2}.',
  'Check the quotes of that row.': 'Die Anführungszeichen dieser Zeile prüfen.',

  'recording {0} ({1}, {2})': 'Aufnahme {0} ({1}, {2})',
  '{0} row {1}': '{0} Zeile {1}',
  '{0} row {1} ({2})': '{0} Zeile {1} ({2})',
  'the clock was set back from {0} to {1} ms in {2} line {3}':
    'die Uhr wurde von {0} auf {1} ms zurückgestellt, in {2} Zeile {3}',
  '{0} line {1}': '{0} Zeile {1}',
  '{0} line {1} {2}': '{0} Zeile {1} {2}',
  'annotation {0}': 'Annotation {0}',
  'stream {0}': 'Strom {0}',
  'stream {0}, {1}': 'Strom {0}, {1}',
  'stream {0}, whole': 'Strom {0}, ganz',
  'marker {0}': 'Marke {0}',
  'only a heading': 'nur eine Kopfzeile',
  'needs a label, a start and a later stop': 'braucht ein Label, einen Anfang und ein späteres Ende',
  'does not hold {0} numbers': 'enthält nicht {0} Zahlen',
  'has no label': 'hat kein Label',
  'has no {0}, which a DigiPen has': 'hat kein {0}, das ein DigiPen hat',
  'has no {0}, which this layout has': 'hat kein {0}, das diese Anordnung hat',
  'has {0} frames a second where a DigiPen has 100': 'hat {0} Frames je Sekunde, ein DigiPen dagegen 100',
  'has a label with a semicolon, which labels.csv cannot hold':
    'hat ein Label mit Semikolon, das labels.csv nicht fassen kann',
  'has {0} in {1}, not in the unit of a calibrated pen':
    'hat {0} in {1}, nicht in der Einheit eines kalibrierten Stifts',
  'has {0} channels where a DigiPen has {1}': 'hat {0} Kanäle, ein DigiPen dagegen {1}',
  'has rows that are not {0} numbers': 'hat Zeilen, die nicht {0} Zahlen sind',
  'holds what is no number': 'enthält etwas, das keine Zahl ist',
  'has no {0}: fill it in, or leave this recording out': 'hat kein {0}: ergänzen oder diese Aufnahme weglassen',
  'is no annotation: {0}': 'ist keine Annotation: {0}',
  "is no pen's: {0}": 'stammt von keinem Stift: {0}',
  'row {0}: {1} in {2} is no number{3}': 'Zeile {0}: {1} in {2} ist keine Zahl{3}',
  '; its point parts no thousands': '; der Punkt trennt keine Tausender',
  'is not whole: the file breaks off here': 'ist nicht vollständig: Die Datei bricht hier ab',
  '; its fraction stands after a comma': '; die Nachkommastellen stehen hinter einem Komma',
  'its reader failed ({0})': 'der Leser versagte ({0})',

  'it is no array of numpy': 'es ist kein Feld von numpy',
  'its heading breaks off': 'der Kopf bricht ab',
  'its heading is damaged, or it holds numbers of several kinds':
    'der Kopf ist beschädigt, oder es enthält Zahlen mehrerer Arten',
  'it is in Fortran order and has more than two axes': 'es steht in Fortran-Ordnung und hat mehr als zwei Achsen',
  'it holds objects that are no text': 'es enthält Objekte, die kein Text sind',
  'it holds whole numbers that are too large': 'es enthält ganze Zahlen, die zu groß sind',
  'its size is not what it announces': 'die Größe ist nicht die angekündigte',
  'it should hold text and has the type {0}': 'es müsste Text enthalten und hat die Art {0}',
  'it holds what is no text': 'es enthält etwas, das kein Text ist',
  'it should hold numbers and has the type {0}': 'es müsste Zahlen enthalten und hat den Typ {0}',
  'it is shorter than the others': 'es ist kürzer als die anderen',
  'it does not part the frames of values': 'es teilt die Frames von values nicht auf',
  '{0} members': '{0} Teile',
  '{0} bytes in {1}': '{0} Bytes in {1}',
  'members that lie over one another': 'Teile, die übereinander liegen',
  'an object': 'ein Objekt',
  'an object of another file': 'ein Objekt einer anderen Datei',
  'an object of a registered extension': 'ein Objekt einer eingetragenen Erweiterung',
  'a buffer outside of the file': 'einen Puffer außerhalb der Datei',
}
