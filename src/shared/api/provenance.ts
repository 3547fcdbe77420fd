/** Where a default comes from: a paper's abstract or a published re-implementation; assumed where the full text was not at hand; or ours. */
export type Provenance = 'published' | 'assumed' | 'ours'

export const PROVENANCE = {
  'cross-modal.loss': {
    from: 'published',
    why: 'contrastive and triplet losses across modalities are the paper’s; in-batch is ECHWR’s, here against pictures',
  },
  'cross-modal.distance': {
    from: 'assumed',
    why: 'the four distances are the paper’s, which of them is the best default is not known here',
  },
  'cross-modal.margin': {
    from: 'published',
    why: 'a dynamic margin for single labels and for sequences is the paper’s; its values are not',
  },
  'cross-modal.margin.value': {
    from: 'ours',
    why: '0.5 for cosine and Pearson, 1 for MSE and KL, chosen on synthetic data; the paper’s values are not known here',
  },
  'cross-modal.margin.scale': { from: 'assumed', why: '0.001 for MSE, 0.1 for cosine and Pearson, 1 for KL' },
  'cross-modal.margin.classes': {
    from: 'assumed',
    why: 'differences of indices for ordered classes, else one minus the confusion of the image network',
  },
  'cross-modal.negatives': {
    from: 'assumed',
    why: 'lower bound 1 + floor((E - e - 1) / (E / 5)) edits, upper bound twice that plus one; for single labels, chosen here: from all classes down to the two most similar',
  },
  'cross-modal.negativesEach': { from: 'ours', why: 'one, as in a triplet; several make the direction less random' },
  'cross-modal.weight': { from: 'ours', why: 'equal weight with the task loss' },
  'cross-modal.from': { from: 'ours', why: 'from the first epoch' },
  'cross-modal.warmup': { from: 'ours', why: 'none' },
  'cross-modal.penLayer': {
    from: 'ours',
    why: 'the last layer before the dense ones: everything before it is trained towards the pictures',
  },
  'cross-modal.imageLayer': { from: 'ours', why: 'the last layer before the classes' },
  'cross-modal.projection': { from: 'ours', why: 'lets layers of any sizes be compared' },
  'cross-modal.pictures': {
    from: 'ours',
    why: 'the authors made theirs with a generative network; two dozen open handwriting fonts stand in for it',
  },
  'cross-modal.image.size': { from: 'ours', why: 'small members of the published family, to fit two cores' },
  'cross-modal.image.network': {
    from: 'ours',
    why: 'frozen pictures are embedded once, which makes the training nearly as fast as a plain one',
  },
  'cross-modal.image.steps': { from: 'ours', why: 'enough to read rendered words' },
  'cross-modal.image.batchSize': { from: 'ours', why: 'fits small memories' },
  'cross-modal.image.learningRate': { from: 'ours', why: 'trains quickly with AdamW and a cosine' },
  'cross-modal.image.variants': { from: 'ours', why: 'several fonts for each word' },
  'contrastive.weight': { from: 'assumed', why: 'equal weight with the task loss' },
  'contrastive.from': { from: 'ours', why: 'from the first epoch' },
  'contrastive.warmup': { from: 'ours', why: 'none' },
  'contrastive.penLayer': { from: 'assumed', why: 'the last layer before the classes' },
  'contrastive.size': { from: 'published', why: '512 in ECHWR' },
  'contrastive.letter': { from: 'ours', why: 'ECHWR’s text network is not known here' },
  'contrastive.errors': { from: 'assumed', why: 'equal weight with the in-batch loss' },
  'contrastive.spoilt': { from: 'published', why: 'six corrupted texts in ECHWR' },
} as const satisfies Readonly<Record<string, { from: Provenance; why: string }>>

/** A field of a recipe, as `PROVENANCE` names it. */
export type RecipeField = keyof typeof PROVENANCE

/** The same for the fields of a training besides its recipe, its augmentations with their strengths, and the tuning of adaptations. */
export const TRAINING_PROVENANCE = {
  model: {
    from: 'ours',
    why: 'the network of the paper from 1,000 recordings on, a small one below: from trials on digits',
  },
  task: { from: 'ours', why: 'words, as in the paper' },
  rateHz: { from: 'ours', why: '100 Hz, the rate that the networks were designed for' },
  split: {
    from: 'ours',
    why: 'a fifth of the single recordings, so that one writer is enough; whole writers say more',
  },
  epochs: { from: 'ours', why: '30, or 60 below 1,000 recordings: from trials on digits' },
  batchSize: { from: 'ours', why: '32, less where there are few recordings: fits small memories' },
  learningRate: { from: 'ours', why: '0.001 as in REWI, 0.01 below 1,000 recordings: from trials on digits' },
  weightDecay: { from: 'assumed', why: '0.01, the usual one of AdamW; those of the papers are not known here' },
  warmupEpochs: { from: 'ours', why: '2; REWI warms up for 30 of 300 epochs' },
  normalise: {
    from: 'ours',
    why: 'by recording as in REWI; by the training set where all recordings are of one writer, which left a third of the errors on digits',
  },
  pose: {
    from: 'ours',
    why: 'roll-normalised by gravity: on real letters in the air it cut the error on new writers from 38 % to 22 %',
  },
  seed: { from: 'ours', why: 'fixed, so that a training can be compared' },
  backend: { from: 'ours', why: 'the first that works on the machine' },
  augmentations: {
    from: 'ours',
    why: 'turning, tempo, strength and noise: on real letters they cut the error on new writers from 38 % to 33 %',
  },
  'augmentations.rotate': { from: 'ours', why: 'about any axis, by 7.5° in standard deviation: 95 % below 15°' },
  'augmentations.tempo': { from: 'ours', why: '0.8 to 1.25 times as fast' },
  'augmentations.scale': { from: 'assumed', why: 'each channel by 0.9 to 1.1' },
  'augmentations.noise': { from: 'assumed', why: '0.05 of a channel’s standard deviation' },
  'augmentations.speckle': {
    from: 'published',
    why: 'noise of 0.05 of the value, on a quarter of the recordings (REWI)',
  },
  'augmentations.drift': {
    from: 'assumed',
    why: 'on a quarter of the recordings as in REWI; by up to half a standard deviation, which is assumed',
  },
  'augmentations.blackout': { from: 'published', why: '5 to 10 frames, on a quarter of the recordings (REWI)' },
  'augmentations.warp': {
    from: 'assumed',
    why: 'on a quarter of the recordings as in REWI; parts up to twice as fast as others, which is assumed',
  },
  'adapt.learningRate': { from: 'ours', why: 'low for all weights, higher for few: from trials on virtual writers' },
  'adapt.epochs': { from: 'ours', why: 'every word often where there are few, less often where there are many' },
  'adapt.rehearsal': {
    from: 'ours',
    why: 'words of other writers in addition to the writer’s own, so that it still reads others',
  },
  'adapt.augmentations': { from: 'ours', why: 'the usual ones and uneven speed: a few words are soon known by heart' },
} as const satisfies Readonly<Record<string, { from: Provenance; why: string }>>

export type TrainingField = keyof typeof TRAINING_PROVENANCE
