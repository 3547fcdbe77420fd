import type { Sentences } from '../../sentences.ts'

export const learning: Sentences = {
  'The model learned from all {0} of the recordings that it could be measured on.':
    'Das Modell hat aus allen {0} Aufnahmen gelernt, an denen es gemessen werden könnte.',
  'Record or import others, or measure on all recordings: that tells how well it remembers, not how well it reads.':
    'Andere aufnehmen oder importieren, oder an allen Aufnahmen messen: Das zeigt, wie gut es sich erinnert, ' +
    'nicht, wie gut es liest.',
  'own WASM kernels with fused multiply-add, on all cores':
    'eigene WASM-Kerne mit Fused Multiply-Add, auf allen Rechenkernen',
  'own WASM kernels with plain SIMD, on all cores': 'eigene WASM-Kerne mit einfachem SIMD, auf allen Rechenkernen',
  'own WebGPU kernels on {0}': 'eigene WebGPU-Kerne auf {0}',
  'TensorFlow with CUDA': 'TensorFlow mit CUDA',
  'stock WASM operations on one core': 'WASM-Operationen von TensorFlow.js auf einem Rechenkern',
  'plain JavaScript on one core': 'reines JavaScript auf einem Rechenkern',
  'the first choice that works here: {0}': 'die erste Wahl, die hier geht: {0}',
  'asked for: {0}': 'verlangt: {0}',
  'no compute backend works ({0})': 'kein Rechen-Backend geht ({0})',
  'the backend "{0}" does not start: {1}': 'das Backend „{0}“ startet nicht: {1}',
  'the GPU was lost ({0})': 'die GPU ging verloren ({0})',
  'the batch does not fit into the memory of the GPU ({0})': 'der Batch passt nicht in den Speicher der GPU ({0})',
  'the GPU refused its work ({0})': 'die GPU verweigerte die Arbeit ({0})',
  'TensorFlow.js could not start its backend "{0}"': 'TensorFlow.js konnte sein Backend „{0}“ nicht starten',
  'WebGPU finds no graphics driver that it can use (Vulkan, Metal or Direct3D 12)':
    'WebGPU findet keinen brauchbaren Grafiktreiber (Vulkan, Metal oder Direct3D 12)',
  'Run `npm run build`.': '`npm run build` ausführen.',
  'Choose the backend "auto".': 'Das Backend „auto“ wählen.',
  'Install the driver of the graphics card, or choose the backend "auto".':
    'Den Treiber der Grafikkarte installieren oder das Backend „auto“ wählen.',
  'The last checkpoint is kept. Resume the run, on the backend "auto" if it happens again.':
    'Der letzte Zwischenstand bleibt. Den Lauf fortsetzen, im Wiederholungsfall mit dem Backend „auto“.',
  'Use a smaller batch or leave out very long recordings.':
    'Einen kleineren Batch nehmen oder sehr lange Aufnahmen auslassen.',
  'The last checkpoint is kept. Resume the run on the backend "auto".':
    'Der letzte Zwischenstand bleibt. Den Lauf mit dem Backend „auto“ fortsetzen.',
  'Install it with `npm run cuda` on a machine with an NVIDIA card.':
    'Auf einem Rechner mit NVIDIA-Karte mit `npm run cuda` installieren.',
  'The training was cancelled while its image network was learning.':
    'Das Training wurde abgebrochen, während sein Bildnetz lernte.',
  'It can be resumed; the image network then begins anew.':
    'Es lässt sich fortsetzen; das Bildnetz beginnt dann von vorn.',
  'None of the recordings can be trained on: {0}.': 'Mit keiner der Aufnahmen lässt sich trainieren: {0}.',
  'Record them again, or select others.': 'Neu aufnehmen oder andere wählen.',
  'The loss is no number any more at step {0} of epoch {1}.':
    'Der Verlust ist in Schritt {0} von Epoche {1} keine Zahl mehr.',
  'Train again with a lower learning rate; the last checkpoint is kept.':
    'Mit kleinerer Lernrate neu trainieren; der letzte Zwischenstand bleibt.',
  'The training was cancelled in epoch {0}.': 'Das Training wurde in Epoche {0} abgebrochen.',
  'It can be resumed.': 'Es lässt sich fortsetzen.',
  'The weights {0} are no numbers any more.': 'Die Gewichte {0} sind keine Zahlen mehr.',
  'Run {0} is training from this model.': 'Lauf {0} trainiert gerade von diesem Modell aus.',
  'Cancel the run first.': 'Erst den Lauf abbrechen.',
  'Run {0} is {1}: there is nothing to resume.': 'Lauf {0} ({1}): Es gibt nichts fortzusetzen.',
  'Run {0} is finished: there is nothing to resume.': 'Lauf {0} ist fertig: Es gibt nichts fortzusetzen.',
  'Run {0} is running: there is nothing to resume.': 'Lauf {0} läuft: Es gibt nichts fortzusetzen.',
  'Run {0} is queued: there is nothing to resume.': 'Lauf {0} wartet schon: Es gibt nichts fortzusetzen.',
  'The run cannot be repeated: of its {0} recordings, {1} cannot be used any more ({2}).':
    'Der Lauf lässt sich nicht wiederholen: Von seinen {0} Aufnahmen sind {1} nicht mehr zu gebrauchen ({2}).',
  'The run cannot be repeated: labels or samples of its recordings have changed since.':
    'Der Lauf lässt sich nicht wiederholen: Labels oder Messwerte seiner Aufnahmen haben sich seither geändert.',
  'Put them back as they were, or start a new training with the same settings.':
    'Den alten Stand wiederherstellen oder ein neues Training mit denselben Einstellungen starten.',
  deleted: 'gelöscht',
  'relabelled since': 'seither mit anderem Label',
  '“{0}” fits a model to one writer: it is not repeated as a training.':
    '„{0}“ passt ein Modell an einen Schreiber an: Das wird nicht als Training wiederholt.',
  'Adapt to the writer again.': 'Neu an den Schreiber anpassen.',
  'The card of “{0}” names no recordings of this database.':
    'Die Karte von „{0}“ nennt keine Aufnahmen dieser Datenbank.',
  'Start a new training with its configuration.': 'Ein neues Training mit seinen Einstellungen starten.',
  'Run {0} left neither a model nor a checkpoint: nothing says which recordings it was trained on.':
    'Lauf {0} hinterließ weder Modell noch Zwischenstand: Nichts sagt, mit welchen Aufnahmen er trainiert wurde.',
  'The folder {0} has changed since the training was ordered: {1}.':
    'Der Ordner {0} ist nicht mehr, wie er war, als das Training bestellt wurde: {1}.',
  'pictures or labels are other ones': 'Bilder oder Labels sind andere',
  'it had {0} pictures and has {1}': 'er hatte {0} Bilder und hat {1}',
  'Put it back as it was, or start a new training with the pictures that are there now.':
    'Den alten Stand wiederherstellen oder ein neues Training mit den jetzigen Bildern starten.',
  'Start a new training from its model.': 'Ein neues Training von seinem Modell aus starten.',
  'Wait for it to end.': 'Warten, bis er endet.',
  'Run {0} is {1}: there is nothing to cancel.': 'Lauf {0} ({1}): Es gibt nichts abzubrechen.',
  'Run {0} is finished: there is nothing to cancel.': 'Lauf {0} ist fertig: Es gibt nichts abzubrechen.',
  'Run {0} is cancelled: there is nothing to cancel.': 'Lauf {0} ist schon abgebrochen.',
  'Run {0} is failed: there is nothing to cancel.': 'Lauf {0} ist fehlgeschlagen: Es gibt nichts abzubrechen.',
  'Run {0} is still under way.': 'Lauf {0} ist noch unterwegs.',
  'Cancel it first.': 'Erst abbrechen.',
  'The app is closing.': 'Die App wird geschlossen.',
  'Change the configuration and train again.': 'Die Einstellungen ändern und neu trainieren.',
  'The training process ended ({0}).': 'Der Trainingsprozess endete ({0}).',
  'Resume it: it goes on from its last checkpoint.': 'Fortsetzen: Es geht beim letzten Zwischenstand weiter.',
  'Start it again.': 'Neu starten.',
  'Leave the recording out, or record it again.': 'Die Aufnahme auslassen oder neu aufnehmen.',
  'left-handed': 'linkshändig',
  'right-handed': 'rechtshändig',
  'unknown-handed': 'Händigkeit nicht genannt',
  '{0} virtual writers never seen, with words never seen':
    '{0} virtuelle Schreiber, die es nie sah, mit Wörtern, die es nie sah',
  'Another model is being measured.': 'Ein anderes Modell wird gerade gemessen.',
  'Wait for it, or cancel it.': 'Abwarten oder abbrechen.',
  'The measurement was cancelled.': 'Die Messung wurde abgebrochen.',
  'None of the selected recordings can be read with this model{0}.':
    'Keine der gewählten Aufnahmen lässt sich mit diesem Modell lesen{0}.',
  'Select finished recordings with labels of a pen that the model fits.':
    'Fertige Aufnahmen mit Label wählen, von einem Stift, zu dem das Modell passt.',
  'A recording with gaps must be resampled before it is used.':
    'Eine Aufnahme mit Lücken muss vor dem Gebrauch neu abgetastet werden.',
  'The model belongs to another version of its program.':
    'Das Modell gehört zu einer anderen Version seines Programms.',
  'The model belongs to other settings.': 'Das Modell gehört zu anderen Einstellungen.',
  'Use fewer threads or a smaller model.': 'Weniger Threads oder ein kleineres Modell nehmen.',
  'Use a lower learning rate, or look for recordings with wild values. The last checkpoint is kept.':
    'Eine kleinere Lernrate nehmen oder nach Aufnahmen mit wilden Werten sehen. Der letzte Zwischenstand bleibt.',
  'The last checkpoint is kept.': 'Der letzte Zwischenstand bleibt.',
  'Record it again, or delete it.': 'Neu aufnehmen oder löschen.',
  'Use another model, or recordings of a pen that has it.':
    'Ein anderes Modell nehmen oder Aufnahmen eines Stifts, der ihn hat.',
  'Delete it, or import it again from a sound file.': 'Löschen oder aus einer heilen Datei neu importieren.',
  'The selected recordings have no channel in common.': 'Die gewählten Aufnahmen haben keinen Kanal gemeinsam.',
  'Select recordings of one kind of pen, or name the channels to train on.':
    'Aufnahmen einer einzigen Stiftart wählen oder die Kanäle zum Trainieren nennen.',
  'The model to start from cannot write any of the {0} labels: {1} is outside its {2}.':
    'Das Ausgangsmodell kann keines der {0} Labels sagen: {1} liegt außerhalb ({2}).',
  'The model to start from cannot write any of the {0} labels: {1} is outside its alphabet.':
    'Das Ausgangsmodell kann keines der {0} Labels sagen: {1} ist nicht in seinem Alphabet.',
  'The model to start from cannot write any of the {0} labels: {1} is outside its classes.':
    'Das Ausgangsmodell kann keines der {0} Labels sagen: {1} ist nicht unter seinen Klassen.',
  'Start from another model, or train a new one.': 'Von einem anderen Modell ausgehen oder ein neues trainieren.',
  'No recordings fit the filter.': 'Keine Aufnahmen passen zum Filter.',
  'None of the {0} selected recordings can be trained on: {1}.':
    'Mit keiner der {0} gewählten Aufnahmen lässt sich trainieren: {1}.',
  'Record or import some first, or widen the filter.': 'Erst welche aufnehmen oder importieren oder den Filter weiten.',
  'Label them, record them again, or select others.': 'Ein Label geben, neu aufnehmen oder andere wählen.',
  'The model to start from was trained for the task {0}, not {1}.':
    'Das Ausgangsmodell wurde für die Aufgabe {0} trainiert, nicht {1}.',
  'Choose the task {0}, or start from another model.': 'Die Aufgabe {0} wählen oder von einem anderen Modell ausgehen.',
  'All recordings have the label "{0}": there is nothing to tell apart.':
    'Alle Aufnahmen haben das Label „{0}“: Es gibt nichts zu unterscheiden.',
  'Record at least two different labels, or choose the task ctc.':
    'Mindestens zwei verschiedene Labels aufnehmen oder die Aufgabe ctc wählen.',
  'Whole words cannot be held back from a model that only knows whole words.':
    'Einem Modell, das nur ganze Wörter kennt, lassen sich keine ganzen Wörter vorenthalten.',
  'Hold back writers or single recordings, or choose the task ctc.':
    'Schreiber oder einzelne Aufnahmen zurückhalten oder die Aufgabe ctc wählen.',
  'left out by choice': 'auf Wunsch ausgelassen',
  'still being recorded': 'wird noch aufgenommen',
  'interrupted before the word was finished': 'unterbrochen, bevor das Wort fertig war',
  'no label': 'ohne Label',
  'no samples': 'ohne Messwerte',
  '{0} (recording {1})': '{0} (Aufnahme {1})',
  'recording {0} has a rate that no pen has': 'Aufnahme {0} hat eine Rate, die kein Stift hat',
  'longer than two minutes': 'länger als zwei Minuten',
  'too short for the label at this rate': 'bei dieser Rate zu kurz für das Label',
  'no channel {0}': 'kein Kanal {0}',
  'no accelerometer of three axes to tell the roll by':
    'kein dreiachsiger Beschleunigungssensor, der den Rollwinkel zeigt',
  '"{0}" is outside the model\'s alphabet': '„{0}“ ist nicht im Alphabet des Modells',
  '"{0}" is outside the model\'s classes': '„{0}“ ist nicht unter den Klassen des Modells',
  '“{0}” cannot be spoilt with {1} letters.': '„{0}“ lässt sich mit {1} Buchstaben nicht verfälschen.',
  'Texts need a letter, and the alphabet two.': 'Texte brauchen einen Buchstaben und das Alphabet zwei.',
  '{0} has no layer "{1}" to embed with.': '{0} hat keine Schicht „{1}“ zum Einbetten.',
  "The pen's network": 'Das Netz des Stifts',
  'The image network': 'Das Bildnetz',
  'Negatives need at least two different labels.': 'Gegenbeispiele brauchen mindestens zwei verschiedene Labels.',
  'Train on more words, or without a cross-modal loss.':
    'Mit mehr Wörtern trainieren oder ohne den Verlust zwischen Stift und Bild.',
  'The layer "{0}" of the pen\'s network has {1} values, the layer "{2}" of the image network {3}: they cannot be compared.':
    'Die Schicht „{0}“ im Netz des Stifts hat {1} Werte, die Schicht „{2}“ im Bildnetz {3}: Sie lassen sich ' +
    'nicht vergleichen.',
  'Choose layers of the same size, or a projection.': 'Gleich große Schichten oder eine Projektion wählen.',
  'Contrast against texts needs a network that reads words.':
    'Der Kontrast zu Texten braucht ein Netz, das Wörter liest.',
  'Choose the task ctc.': 'Die Aufgabe ctc wählen.',
  '{0} is missing from {1}.': '{0} fehlt in {1}.',
  'Restore it from a backup, or train again.': 'Aus einer Sicherung wiederherstellen oder neu trainieren.',
  'Give yourself write access to {0}.': 'Sich Schreibrecht auf {0} geben.',
  'Use an earlier checkpoint or train again.': 'Einen früheren Zwischenstand nehmen oder neu trainieren.',
  '{0} is damaged: {1}.': '{0} ist beschädigt: {1}.',
  'Restore it from a backup, use another model or train again.':
    'Aus einer Sicherung wiederherstellen, ein anderes Modell nehmen oder neu trainieren.',
  'There is no base model in {0}.': 'In {0} ist kein Grundmodell.',
  'Make it with the command "train base".': 'Mit dem Befehl „train base“ herstellen.',
  'Only {0} of {1} words could be invented.': 'Nur {0} von {1} Wörtern ließen sich erfinden.',
  'Give more words as models.': 'Mehr Wörter als Vorbilder angeben.',

  'Pictures end in {0}.': 'Bilder enden auf {0}.',
  '{0} is not a readable CSV file: {1}': '{0} ist keine lesbare CSV-Datei: {1}',
  'Write one line a picture: file;label': 'Eine Zeile je Bild schreiben: Datei;Label',
  'No handwriting font has the letters “{0}” of “{1}”.': 'Keine Handschrift hat die Buchstaben „{0}“ von „{1}“.',
  'No handwriting font has the letters “{0}”': 'Keine Handschrift hat die Buchstaben „{0}“',
  'No single handwriting font has all the letters': 'Keine einzelne Handschrift hat alle Buchstaben',
  'No single handwriting font has all the letters of “{0}”.':
    'Keine einzelne Handschrift hat alle Buchstaben von „{0}“.',
  '{0} of “{1}”.': '{0} von „{1}“.',
  'Leave such words out, or give images of them in a folder of your own.':
    'Solche Wörter auslassen oder Bilder davon in einem eigenen Ordner angeben.',
  'The handwriting font {0} could not be registered.': 'Die Handschrift {0} ließ sich nicht anmelden.',
  'Reinstall the packages.': 'Die Pakete neu installieren.',
  'There is no picture of “{0}”.': 'Es gibt kein Bild von „{0}“.',
  'Add one, or let missing words be rendered.': 'Eines hinzufügen oder fehlende Wörter zeichnen lassen.',
  'The word list {0} cannot be read.': 'Die Wortliste {0} lässt sich nicht lesen.',
  'Give a text file with one word a line, or “builtin”.':
    'Eine Textdatei mit einem Wort je Zeile angeben oder „builtin“.',
  'The word list {0} holds no word.': 'Die Wortliste {0} enthält kein Wort.',
  'There is no word to draw: the text is empty.': 'Es gibt kein Wort zu zeichnen: Der Text ist leer.',
  'None of the chosen fonts ({0}) has all letters of “{1}”.':
    'Keine der gewählten Schriften ({0}) hat alle Buchstaben von „{1}“.',
  'The loss between the two networks would count from epoch {0}, but the training ends after {1}.':
    'Der Verlust zwischen beiden Netzen zählte ab Epoche {0}, das Training endet aber nach {1}.',
  'Let it begin earlier, or train for more epochs.': 'Früher beginnen lassen oder mehr Epochen trainieren.',
  'Choose the task “Words (CTC)”, or contrast with pictures.':
    'Die Aufgabe „Wörter (CTC)“ wählen oder mit Bildern kontrastieren.',
  'Texts cannot be spoilt: “{0}” is the only letter of the labels.':
    'Texte lassen sich nicht verfälschen: „{0}“ ist der einzige Buchstabe der Labels.',
  'Train on words with more letters, or set the weight of the error-based loss to 0.':
    'Mit Wörtern aus mehr Buchstaben trainieren oder das Gewicht des fehlerbasierten Verlusts auf 0 setzen.',
  'The image network “letter” tells single characters apart; here words are read.':
    'Das Bildnetz „letter“ unterscheidet einzelne Zeichen; hier werden Wörter gelesen.',
  'Choose the image network “words”, or the task “One of a fixed set”.':
    'Das Bildnetz „words“ wählen oder die Aufgabe „Eines aus einem festen Satz“.',
  'All recordings to train on have the label “{0}”: there is nothing to be set apart from.':
    'Alle Aufnahmen zum Trainieren haben das Label „{0}“: Es gibt nichts zum Abgrenzen.',
  'Train on more words, or with labels only.': 'Mit mehr Wörtern trainieren oder nur mit Labels.',
  'A batch of one recording has nothing to be contrasted with.':
    'Ein Batch aus einer Aufnahme hat nichts zum Kontrastieren.',
  'Choose a batch size of at least 2.': 'Eine Batchgröße von mindestens 2 wählen.',
  'Train on more classes, or without a cross-modal loss.':
    'Mit mehr Klassen trainieren oder ohne den Verlust zwischen Stift und Bild.',
  'Use another model, or recordings of a pen that has one.':
    'Ein anderes Modell nehmen oder Aufnahmen eines Stifts, der einen hat.',
  'Give the whole path of a folder with word images, on the machine where Kalamos runs.':
    'Den vollen Pfad eines Ordners mit Wortbildern angeben, auf dem Rechner, auf dem Kalamos läuft.',
  'The folder {0} has no pictures.': 'Der Ordner {0} enthält keine Bilder.',
  'Mend or remove it. Labels come from “labels.csv” with a line “file;label” for each picture, or from the file names.':
    'Berichtigen oder entfernen. Labels kommen aus „labels.csv“ mit einer Zeile „Datei;Label“ je Bild oder aus ' +
    'den Dateinamen.',
  'None of the pictures in {0} shows a label of these recordings: the pictures show “{1}”, the labels are “{2}”.':
    'Keines der Bilder in {0} zeigt ein Label dieser Aufnahmen: Die Bilder zeigen „{1}“, die Labels sind „{2}“.',
  'Labels must be spelled alike, capitals too.': 'Labels müssen gleich geschrieben sein, auch groß und klein.',
  'The strokes of none of these recordings are known.': 'Von keiner dieser Aufnahmen sind die Striche bekannt.',
  'They are known of virtual corpora (“kalamos simulate”) and of words that a virtual pen wrote alone. Choose pictures in handwriting fonts, or train on such recordings.':
    'Bekannt sind sie nur von virtuellen Korpora („kalamos simulate“) und von Wörtern, die ein virtueller Stift ' +
    'einzeln schrieb. Bilder in Handschriften wählen oder mit solchen Aufnahmen trainieren.',

  'not tried, {0} comes first': 'nicht versucht, {0} kommt zuerst',
  'another one was asked for': 'ein anderes war verlangt',
  'locked holdout': 'fest zurückgehalten',
  'excluded: {0}': 'ausgeschlossen: {0}',
  '"{0}" is outside the model\'s {1}': '„{0}“ liegt außerhalb von {1} des Modells',
  'labels.csv names it, but it is not there': 'labels.csv nennt es, aber es ist nicht da',
  'its name has no word in it': 'der Name nennt kein Wort',
  'labels.csv does not name it': 'labels.csv nennt es nicht',
  '{0} cannot be used: {1}.{2}': '{0} lässt sich nicht benutzen: {1}.{2}',
  ' {0} more cannot be used either.': ' {0} weitere sind ebenso unbrauchbar.',
}
