/**
 * Where a default comes from: a paper's abstract or a published re-implementation; assumed where the full text was not
 * at hand; or chosen for Kalamos.
 */
export type DefaultSource = 'published' | 'assumed' | 'chosen'

const from =
  <From extends DefaultSource>(from: From) =>
  (why: string) => ({ from, why })
const [published, assumed, chosen] = [from('published'), from('assumed'), from('chosen')]

export const DEFAULT_SOURCES = {
  'cross-modal.loss': published(
    'contrastive and triplet losses across modalities are the paper’s; in-batch is ECHWR’s, here against pictures',
  ),
  'cross-modal.distance': assumed(
    'the four distances are the paper’s, which of them is the best default is not known here',
  ),
  'cross-modal.margin': published(
    'a dynamic margin for single labels and for sequences is the paper’s; its values are not',
  ),
  'cross-modal.margin.value': chosen(
    '0.5 for cosine and Pearson, 1 for MSE and KL, chosen on synthetic data; the paper’s values are not known here',
  ),
  'cross-modal.margin.scale': assumed('0.001 for MSE, 0.1 for cosine and Pearson, 1 for KL'),
  'cross-modal.margin.classes': assumed(
    'differences of indices for ordered classes, else one minus the confusion of the image network',
  ),
  'cross-modal.negatives': assumed(
    'lower bound 1 + floor((E - e - 1) / (E / 5)) edits, upper bound twice that plus one; for single labels, ' +
      'chosen here: from all classes down to the two most similar',
  ),
  'cross-modal.negativesEach': chosen('one, as in a triplet; several make the direction less random'),
  'cross-modal.weight': chosen('equal weight with the task loss'),
  'cross-modal.from': chosen('from the first epoch'),
  'cross-modal.warmup': chosen('none'),
  'cross-modal.penLayer': chosen(
    'the last layer before the dense ones: everything before it is trained towards the pictures',
  ),
  'cross-modal.imageLayer': chosen('the last layer before the classes'),
  'cross-modal.projection': chosen('lets layers of any sizes be compared'),
  'cross-modal.pictures': chosen(
    'the authors made theirs with a generative network; two dozen open handwriting fonts stand in for it',
  ),
  'cross-modal.image.size': chosen('small members of the published family, to fit two cores'),
  'cross-modal.image.network': chosen(
    'frozen pictures are embedded once, which makes the training nearly as fast as a plain one',
  ),
  'cross-modal.image.steps': chosen('enough to read rendered words'),
  'cross-modal.image.batchSize': chosen('fits small memories'),
  'cross-modal.image.learningRate': chosen('trains quickly with AdamW and a cosine'),
  'cross-modal.image.variants': chosen('several fonts for each word'),
  'contrastive.weight': assumed('equal weight with the task loss'),
  'contrastive.from': chosen('from the first epoch'),
  'contrastive.warmup': chosen('none'),
  'contrastive.penLayer': assumed('the last layer before the classes'),
  'contrastive.size': published('512 in ECHWR'),
  'contrastive.letter': chosen('ECHWR’s text network is not known here'),
  'contrastive.errors': assumed('equal weight with the in-batch loss'),
  'contrastive.spoilt': published('six corrupted texts in ECHWR'),
} as const satisfies Readonly<Record<string, { from: DefaultSource; why: string }>>

/** A field of a recipe, as `DEFAULT_SOURCES` names it. */
export type RecipeField = keyof typeof DEFAULT_SOURCES

/**
 * The same for the fields of a training besides its recipe, its augmentations with their strengths, and the tuning of
 * adaptations.
 */
export const TRAINING_DEFAULT_SOURCES = {
  model: chosen('the network of the paper from 1,000 recordings on, a small one below: from trials on digits'),
  task: chosen('words, as in the paper'),
  rateHz: chosen('100 Hz, the rate that the networks were designed for'),
  split: chosen('a fifth of the single recordings, so that one writer is enough; whole writers say more'),
  epochs: chosen('30, or 60 below 1,000 recordings: from trials on digits'),
  batchSize: chosen('32, less where there are few recordings: fits small memories'),
  learningRate: chosen('0.001 as in REWI, 0.01 below 1,000 recordings: from trials on digits'),
  weightDecay: assumed('0.01, the usual one of AdamW; those of the papers are not known here'),
  warmupEpochs: chosen('2; REWI warms up for 30 of 300 epochs'),
  normalise: chosen(
    'by recording as in REWI; by the training set where all recordings are of one writer, which left a third of ' +
      'the errors on digits',
  ),
  pose: chosen(
    'roll-normalised by gravity: on real letters in the air it cut the error on new writers from 38 % to 22 %',
  ),
  seed: chosen('fixed, so that a training can be compared'),
  backend: chosen('the first that works on the machine'),
  augmentations: chosen(
    'turning, tempo, strength and noise: on real letters they cut the error on new writers from 38 % to 33 %',
  ),
  'augmentations.rotate': chosen('about any axis, by 7.5° in standard deviation: 95 % below 15°'),
  'augmentations.tempo': chosen('0.8 to 1.25 times as fast'),
  'augmentations.scale': assumed('each channel by 0.9 to 1.1'),
  'augmentations.noise': assumed('0.05 of a channel’s standard deviation'),
  'augmentations.speckle': published('noise of 0.05 of the value, on a quarter of the recordings (REWI)'),
  'augmentations.drift': assumed(
    'on a quarter of the recordings as in REWI; by up to half a standard deviation, which is assumed',
  ),
  'augmentations.blackout': published('5 to 10 frames, on a quarter of the recordings (REWI)'),
  'augmentations.warp': assumed(
    'on a quarter of the recordings as in REWI; parts up to twice as fast as others, which is assumed',
  ),
  'adapt.learningRate': chosen('low for all weights, higher for few: from trials on virtual writers'),
  'adapt.epochs': chosen('every word often where there are few, less often where there are many'),
  'adapt.rehearsal': chosen('words of other writers in addition to the writer’s own, so that it still reads others'),
  'adapt.augmentations': chosen('the usual ones and uneven speed: a few words are soon known by heart'),
} as const satisfies Readonly<Record<string, { from: DefaultSource; why: string }>>

export type TrainingField = keyof typeof TRAINING_DEFAULT_SOURCES
