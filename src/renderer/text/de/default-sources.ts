import type { RecipeField, TrainingField } from '../../../shared/api/default-sources.ts'

/**
 * Why the fields of a recipe, and of a training, have the defaults they have; in English this stands beside the
 * defaults themselves.
 */
export const why: Record<RecipeField | TrainingField, string> = {
  'cross-modal.loss':
    'kontrastiver und Triplet-Verlust über Modalitäten hinweg sind die der Veröffentlichung; „innerhalb des ' +
    'Batches“ stammt von ECHWR, hier mit Bildern',
  'cross-modal.distance':
    'die vier Abstände sind die der Veröffentlichung; welcher davon die beste Vorgabe ist, ist hier nicht bekannt',
  'cross-modal.margin':
    'ein dynamischer Mindestabstand für einzelne Labels und für Folgen ist der der Veröffentlichung; seine ' +
    'Werte sind es nicht',
  'cross-modal.margin.value':
    '0,5 für Kosinus und Pearson, 1 für den quadratischen Fehler und Kullback-Leibler, gewählt an künstlichen ' +
    'Daten; die Werte der Veröffentlichung sind hier nicht bekannt',
  'cross-modal.margin.scale': '0,001 für den quadratischen Fehler, 0,1 für Kosinus und Pearson, 1 für Kullback-Leibler',
  'cross-modal.margin.classes':
    'Differenz der Indizes bei geordneten Klassen, sonst eins minus die Verwechslung durch das Bildnetz',
  'cross-modal.negatives':
    'untere Grenze 1 + floor((E - e - 1) / (E / 5)) Änderungen, obere Grenze doppelt so viele plus eine; für ' +
    'einzelne Labels hier gewählt: von allen Klassen hinunter zu den zwei ähnlichsten',
  'cross-modal.negativesEach': 'eines, wie in einem Triplet; mehrere machen die Richtung weniger zufällig',
  'cross-modal.weight': 'gleiches Gewicht wie der Aufgabenverlust',
  'cross-modal.from': 'von der ersten Epoche an',
  'cross-modal.warmup': 'keine',
  'cross-modal.penLayer': 'die letzte Schicht vor den dichten: Alles davor wird auf die Bilder hin trainiert',
  'cross-modal.imageLayer': 'die letzte Schicht vor den Klassen',
  'cross-modal.projection': 'macht Schichten jeder Größe vergleichbar',
  'cross-modal.pictures':
    'die Autoren erzeugten ihre mit einem generativen Netz; zwei Dutzend freie Schreibschriften ersetzen sie',
  'cross-modal.image.size': 'kleine Mitglieder der veröffentlichten Familie, passend für zwei Kerne',
  'cross-modal.image.network':
    'ist das Bildnetz eingefroren, werden Bilder nur einmal eingebettet; das Training ist dann fast so schnell ' +
    'wie ohne Bilder',
  'cross-modal.image.steps': 'genug, um gezeichnete Wörter zu lesen',
  'cross-modal.image.batchSize': 'passt in kleine Speicher',
  'cross-modal.image.learningRate': 'lernt schnell mit AdamW und einem Kosinus-Zeitplan',
  'cross-modal.image.variants': 'mehrere Schriftarten je Wort',
  'contrastive.weight': 'gleiches Gewicht wie der Aufgabenverlust',
  'contrastive.from': 'von der ersten Epoche an',
  'contrastive.warmup': 'keine',
  'contrastive.penLayer': 'die letzte Schicht vor den Klassen',
  'contrastive.size': '512 in ECHWR',
  'contrastive.letter': 'das Textnetz von ECHWR ist hier nicht bekannt',
  'contrastive.errors': 'gleiches Gewicht wie der Verlust innerhalb des Batches',
  'contrastive.spoilt': 'sechs verfälschte Texte in ECHWR',
  model: 'ab 1.000 Aufnahmen das Netz der Veröffentlichung, darunter ein kleines: aus Versuchen mit Ziffern',
  task: 'Wörter, wie in der Veröffentlichung',
  rateHz: '100 Hz, die Rate, für die die Netze entworfen wurden',
  split: 'ein Fünftel der einzelnen Aufnahmen, damit ein Schreiber genügt; ganze Schreiber sind aussagekräftiger',
  epochs: '30, unter 1.000 Aufnahmen 60: aus Versuchen mit Ziffern',
  batchSize: '32, bei wenigen Aufnahmen weniger: passt in kleine Speicher',
  learningRate: '0,001 wie in REWI, unter 1.000 Aufnahmen 0,01: aus Versuchen mit Ziffern',
  weightDecay: '0,01, der übliche von AdamW; die der Veröffentlichungen sind hier nicht bekannt',
  warmupEpochs: '2; REWI wärmt 30 von 300 Epochen auf',
  normalise:
    'je Aufnahme wie in REWI; über alle Trainingsdaten, wenn alles von einem Schreiber ist: das ließ bei ' +
    'Ziffern ein Drittel der Fehler übrig',
  pose:
    'nach der Schwerkraft roll-normalisiert: bei echten Buchstaben in der Luft sank der Fehler bei neuen ' +
    'Schreibern von 38 % auf 22 %',
  seed: 'fest, damit sich Trainings vergleichen lassen',
  backend: 'das erste, das auf dem Rechner funktioniert',
  augmentations:
    'Drehen, Tempo, Stärke und Rauschen: bei echten Buchstaben senkten sie den Fehler bei neuen Schreibern von ' +
    '38 % auf 33 %',
  'augmentations.rotate': 'um eine beliebige Achse, Standardabweichung 7,5°: 95 % unter 15°',
  'augmentations.tempo': '0,8- bis 1,25-mal so schnell',
  'augmentations.scale': 'jeder Kanal mal 0,9 bis 1,1',
  'augmentations.noise': '0,05 der Standardabweichung eines Kanals',
  'augmentations.speckle': 'Rauschen von 0,05 des Werts, bei einem Viertel der Aufnahmen (REWI)',
  'augmentations.drift':
    'bei einem Viertel der Aufnahmen wie in REWI; um bis zu eine halbe Standardabweichung, das ist angenommen',
  'augmentations.blackout': '5 bis 10 Frames, bei einem Viertel der Aufnahmen (REWI)',
  'augmentations.warp':
    'bei einem Viertel der Aufnahmen wie in REWI; Teile bis zu doppelt so schnell wie andere, das ist angenommen',
  'adapt.learningRate': 'klein für alle Gewichte, größer für wenige: aus Versuchen mit virtuellen Schreibern',
  'adapt.epochs': 'jedes Wort oft, wenn es wenige sind, seltener, wenn es viele sind',
  'adapt.rehearsal': 'Wörter anderer Schreiber zusätzlich zu den eigenen, damit auch andere lesbar bleiben',
  'adapt.augmentations': 'die üblichen und ungleichmäßiges Tempo: wenige Wörter sind bald auswendig gelernt',
}
