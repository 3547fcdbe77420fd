import type { Sentences } from '../../sentences.ts'

/** What backends, networks and the engine of training say where something does not work or does not fit. */
export const engine: Sentences = {
  '{0} is not installed or does not load ({1})': '{0} ist nicht installiert oder lädt nicht ({1})',
  'inside Electron, results cannot be read back from the graphics card: its memory cage forbids what the WebGPU library does':
    'in Electron lassen sich Ergebnisse nicht von der Grafikkarte zurücklesen: Sein Speicherkäfig verbietet, ' +
    'was die WebGPU-Bibliothek tut',
  'Choose the backend "auto", or train in the browser or the terminal, where there may be WebGPU.':
    'Das Backend „auto“ wählen oder im Browser oder Terminal trainieren, wo es WebGPU geben kann.',
  'results cannot be read back from the graphics card ({0})':
    'Ergebnisse lassen sich nicht von der Grafikkarte zurücklesen ({0})',
  'results read back from the graphics card are wrong': 'von der Grafikkarte zurückgelesene Ergebnisse sind falsch',
  'Update the driver of the graphics card, or choose the backend "auto".':
    'Den Treiber der Grafikkarte erneuern oder das Backend „auto“ wählen.',
  'no room for a model of {0} MB with its optimiser': 'kein Platz für ein Modell von {0} MB mit seinem Optimierer',
  'the batch does not fit into the memory of the kernels (at {0} MB)':
    'der Batch passt nicht in den Speicher der Kerne (bei {0} MB)',
  'the compute kernels are missing ({0})': 'die Rechenkerne fehlen ({0})',
  'all compute threads gave up': 'alle Rechen-Threads gaben auf',
  'a compute thread failed: {0}': 'ein Rechen-Thread schlug fehl: {0}',
  'a compute thread ended with code {0}': 'ein Rechen-Thread endete mit Code {0}',
  'training went wrong: {0}': 'das Training ging schief: {0}',
  'no training program is called "{0}"': 'kein Trainingsprogramm heißt „{0}“',
  'Known: {0}': 'Bekannt: {0}',

  'the weights of "{0}" are missing': 'die Gewichte von „{0}“ fehlen',
  '"{0}" has {1} values instead of {2}': '„{0}“ hat {1} Werte statt {2}',
  'the model has no layer "{0}"': 'das Modell hat keine Schicht „{0}“',
  '{0} is damaged: {1}': '{0} ist beschädigt: {1}',

  'the recording has no samples': 'die Aufnahme hat keine Messwerte',
  'the recording has a rate that no pen has': 'die Aufnahme hat eine Rate, die kein Stift hat',
  'Delete it, and import it again from its file.': 'Löschen und aus ihrer Datei neu importieren.',
  'the recording has a gap of more than {0} s, or is hardly more than gaps':
    'die Aufnahme hat eine Lücke von mehr als {0} s oder besteht fast nur aus Lücken',
  'Part it at the gap, or record it again.': 'An der Lücke teilen oder neu aufnehmen.',
  'the recording is too long to be read as one word': 'die Aufnahme ist zu lang, um als ein Wort gelesen zu werden',
  'Part it into words.': 'In Wörter teilen.',
  'the recording has no channel {0}': 'die Aufnahme hat keinen Kanal {0}',
  'the recording holds values that are not numbers': 'die Aufnahme enthält Werte, die keine Zahlen sind',
  'the recording has no accelerometer of three axes to tell how the pen was turned':
    'die Aufnahme hat keinen Beschleunigungssensor mit drei Achsen, der verrät, wie der Stift gedreht war',

  'the batch has no rows': 'der Batch hat keine Zeilen',
  'the batch lacks {0} for its {1} rows': 'dem Batch fehlt {0} für seine {1} Zeilen',
  'the batch holds values that are not numbers': 'der Batch enthält Werte, die keine Zahlen sind',
  'row {0} of the batch has no frames': 'Zeile {0} des Batches hat keine Frames',
  'row {0} has no frame to read': 'Zeile {0} hat keinen Frame zum Lesen',
  'row {0} has {1} frames; this model needs at least {2}':
    'Zeile {0} hat {1} Frames; dieses Modell braucht mindestens {2}',
  'row {0} claims {1} frames, but the batch holds {2}': 'Zeile {0} gibt {1} Frames an, der Batch hat aber {2}',
  'channel {0} of row {1} is {2} in frame {3}': 'Kanal {0} der Zeile {1} ist {2} in Frame {3}',
  "the label of row {0} is outside the model's classes":
    'das Label der Zeile {0} liegt außerhalb der Klassen des Modells',
  'the label of row {0} does not fit into {1} output frames':
    'das Label der Zeile {0} passt nicht in {1} Ausgabe-Frames',
  'the label of row {0} holds class {1}; labels are made of 0 to {2} without the blank {3}':
    'das Label der Zeile {0} enthält Klasse {1}; Labels bestehen aus 0 bis {2} ohne den Blank {3}',
  '{0} labels were given for a batch of {1} rows': '{0} Labels kamen für einen Batch von {1} Zeilen',
  '{0} lengths were given for a batch of {1} rows': '{0} Längen kamen für einen Batch von {1} Zeilen',
  '{0} frames are too few to pool by {1}': '{0} Frames sind zu wenige, um je {1} zusammenzufassen',
  'the input has {0} channels, the kernel was made for {1}': 'die Eingabe hat {0} Kanäle, der Kern ist für {1} gemacht',
  'the input has {0} channels, the weights were made for {1}':
    'die Eingabe hat {0} Kanäle, die Gewichte sind für {1} gemacht',
  'LSTM weights [{0}], [{1}], [{2}] do not fit an input of {3} channels':
    'LSTM-Gewichte [{0}], [{1}], [{2}] passen nicht zu einer Eingabe von {3} Kanälen',
  'sequences of shape [{0}] and [{1}] cannot be compared':
    'Folgen der Form [{0}] und [{1}] lassen sich nicht vergleichen',
  'batch normalisation needs at least two valid frames to train on':
    'die Batch-Normalisierung braucht zum Training mindestens zwei gültige Frames',

  'picture {0} is {1} pixels wide; this network needs at least {2}':
    'Bild {0} ist {1} Pixel breit; dieses Netz braucht mindestens {2}',
  'the pictures are {0} pixels high, the network was made for {1}':
    'die Bilder sind {0} Pixel hoch, das Netz ist für {1} gemacht',
  'the pictures are {0} pixels high, the image network was made for {1}':
    'die Bilder sind {0} Pixel hoch, das Bildnetz ist für {1} gemacht',
  "the label of picture {0} is outside the network's classes":
    'das Label von Bild {0} liegt außerhalb der Klassen des Netzes',
  'the label of picture {0} does not fit into {1} output columns':
    'das Label von Bild {0} passt nicht in {1} Ausgabespalten',

  'it lacks "{0}"': 'darin fehlt „{0}“',
  'it tells other traits or fonts than virtual writers have':
    'darin stehen andere Merkmale oder Schriften, als virtuelle Schreibende haben',
  'it tells {0} numbers instead of {1}': 'es gibt {0} Zahlen statt {1} an',
  'it lacks the weights or the state of the optimiser': 'ihm fehlen die Gewichte oder der Zustand des Optimierers',
  'its normalisation is not for its channels': 'die Normierung passt nicht zu seinen Kanälen',
  'the weights of its network lack {0}': 'den Gewichten seines Netzes fehlt {0}',
  '{0} has shape [{1}] instead of [{2}]': '{0} hat die Form [{1}] statt [{2}]',
  '{0} holds values that are not numbers': '{0} enthält Werte, die keine Zahlen sind',
  '{0} belongs to no part of its network': '{0} gehört zu keinem Teil seines Netzes',
  'it has {0} bytes, too few for a header': 'es hat {0} Bytes, zu wenige für einen Kopf',
  'its header claims {0} bytes': 'der Kopf gibt {0} Bytes an',
  'its header of {0} bytes is cut off': 'der Kopf von {0} Bytes ist abgeschnitten',
  'its metadata are not texts': 'die Metadaten sind keine Texte',
  'its header is not JSON': 'der Kopf ist kein JSON',
  'its header is not an object': 'der Kopf ist kein Objekt',
  'tensor {0} begins at {1} instead of {2}': 'Tensor {0} beginnt bei {1} statt {2}',
  'tensor {0} is cut off': 'Tensor {0} ist abgeschnitten',
  'tensor {0} has no description': 'Tensor {0} hat keine Beschreibung',
  'tensor {0} is of type {1} instead of F32': 'Tensor {0} ist von der Art {1} statt F32',
  'tensor {0} has no proper shape': 'Tensor {0} hat keine gültige Form',
  'tensor {0} has no proper offsets': 'Tensor {0} hat keine gültigen Grenzen',
  'tensor {0} has {1} bytes for shape [{2}]': 'Tensor {0} hat {1} Bytes für die Form [{2}]',
  '{0} bytes at its end belong to no tensor': '{0} Bytes am Ende gehören zu keinem Tensor',
  'it has {0} bytes instead of {1}': 'es hat {0} Bytes statt {1}',
  'its content is not what its card was written for': 'der Inhalt ist nicht der, für den die Karte geschrieben wurde',
  'it is not JSON': 'es ist kein JSON',
  'the card': 'die Karte',

  'the batch holds {0} values instead of {1} x {2} x {3}': 'der Batch enthält {0} Werte statt {1} x {2} x {3}',
  'the batch has {0} lengths for {1} rows': 'der Batch hat {0} Längen für {1} Zeilen',
  'the batch has {0} labels for {1} rows': 'der Batch hat {0} Labels für {1} Zeilen',
  '"{0}" of the batch does not have {1} rows': '„{0}“ des Batches hat nicht {1} Zeilen',
  '"{0}" of row {1} holds {2}': '„{0}“ der Zeile {1} enthält {2}',
  'the loss became {0}': 'der Verlust wurde {0}',
  'the gradient is not a finite number': 'der Gradient ist keine endliche Zahl',
}
