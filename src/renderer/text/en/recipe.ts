import type { NoEmbedding } from '../../../shared/api/embedding.ts'
import {
  DEFAULT_SOURCES,
  TRAINING_DEFAULT_SOURCES,
  type DefaultSource,
  type RecipeField,
  type TrainingField,
} from '../../../shared/api/default-sources.ts'
import type { Augmentation } from '../../../shared/api/training.ts'
import { decimal, integer, percent } from '../format.ts'
import { many } from './many.ts'

const origins: Record<DefaultSource, string> = {
  published: 'value as published',
  assumed: 'value assumed',
  chosen: 'value chosen for Kalamos',
}
const augmentations: Record<Augmentation, string> = {
  rotate: 'Turn each sensor',
  tempo: 'Faster and slower',
  scale: 'Stronger and weaker',
  noise: 'Noise on all samples',
  speckle: 'Noise that grows with the signal',
  drift: 'Slow drift',
  blackout: 'Blank out a moment',
  warp: 'Uneven speed',
}
const missing: Record<NoEmbedding, string> = {
  plain: 'Trained with labels only: there is no space that recordings and pictures share.',
  'nothing-held-out': 'No recordings were held out, so there is nothing to look at that was not trained on.',
  'not-yet': 'The picture appears after the first epoch.',
  never: 'This training stopped before its first picture.',
}

export const recipe = {
  recipe: {
    title: 'Training method',
    about:
      'What the network learns from besides the labels. Reading needs the pen’s network only, whatever the method.',
    kinds: {
      plain: {
        name: 'Labels only',
        about: 'The network learns to read the label. Compare the other methods with this one.',
      },
      pairs: {
        name: 'With word images, in pairs',
        about:
          'An image network learns to read pictures of the words first. The pen’s network then learns to place ' +
          'each recording near a picture of its own word and away from one of another word: the published ' +
          'method.',
      },
      'in-batch': {
        name: 'With word images, in batches',
        about:
          'Each recording must find the picture of its word among those of the whole batch, and each picture ' +
          'its recording.',
      },
      texts: {
        name: 'With texts (ECHWR)',
        about:
          'As in batches, but with the texts themselves instead of pictures, and with slightly wrong texts that ' +
          'have to be distinguished from the right one. For words only.',
      },
    },
    advanced: 'Settings of this method',
    origins,
    why: Object.fromEntries(
      Object.entries({ ...DEFAULT_SOURCES, ...TRAINING_DEFAULT_SOURCES }).map(([field, { why }]) => [field, why]),
    ) as Record<RecipeField | TrainingField, string>,
    reset: 'Back to the usual values',
    groups: {
      loss: 'Loss',
      meeting: 'How the networks are connected',
      when: 'Weight over time',
      pictures: 'Pictures',
      image: 'Image network',
      texts: 'Texts',
    },
    loss: 'Loss',
    losses: { triplet: 'Triplet', contrastive: 'Contrastive' },
    distance: 'Distance',
    distances: {
      mse: 'Mean squared error',
      cosine: 'Cosine',
      pearson: 'Pearson correlation',
      kl: 'Kullback-Leibler divergence',
    },
    margin: 'Margin',
    margins: { dynamic: 'Dynamic: grows with the difference', fixed: 'Fixed' },
    marginScale: 'Scale of the margin',
    scaleAuto: 'that of the distance',
    marginValue: 'Value of the margin',
    marginClasses: 'Difference of classes',
    classes: { confusion: 'How seldom they are confused', ordinal: 'How far apart in order' },
    negatives: 'Counterexamples',
    negativesOf: { scheduled: 'Unlike ones first, then similar', any: 'Any other label' },
    negativesEach: 'Counterexamples per recording',
    weight: 'Weight',
    from: 'First epoch',
    warmup: 'Warm-up epochs',
    penLayer: 'Layer of the pen’s network',
    imageLayer: 'Layer of the image network',
    layer: (name: string, size: number) => `${name} (${many(size, 'value')})`,
    projection: 'Size of the shared embedding',
    noProjection: 'none: compare the layers as they are',
    pictures: 'Pictures of the words',
    picturesFrom: {
      fonts: { name: 'Handwriting fonts', about: 'two dozen fonts, with random slant, ink and paper' },
      strokes: {
        name: 'Strokes of virtual recordings',
        about: 'drawn from the movement that made the signal; virtual corpora and virtual pens only',
      },
      folder: { name: 'A folder of word images', about: 'your own scans: the file name or a labels.csv says the word' },
    },
    folder: 'Path of the folder',
    folderHint:
      'On the machine where Kalamos runs. “Haus.png” and “Haus_2.png” show “Haus”; or a labels.csv with lines ' +
      'file;label.',
    imageSize: 'Size',
    imageSizes: {
      words: { name: 'Words', about: 'reads words of any length' },
      letter: { name: 'Single characters', about: 'distinguishes single characters' },
      tiny: { name: 'Tiny', about: 'for a quick try: reads little' },
    },
    imageNetwork: 'While the pen’s network learns',
    imageNetworks: { frozen: 'It stays as it is', along: 'It learns along' },
    steps: 'Training steps beforehand',
    batchSize: 'Pictures per step',
    learningRate: 'Learning rate',
    variants: 'Pictures per word',
    size: 'Size of the shared embedding',
    letter: 'Values per letter',
    errors: 'Weight of wrong texts',
    spoilt: 'Wrong texts per word',
    augmentations: 'Augmentations',
    augmentationsOf: augmentations,
    picturesOwn: (own: number, labels: number) =>
      own === 0
        ? `in handwriting fonts, ${many(labels, 'label')}`
        : own === labels
          ? `of all ${many(labels, 'label')}`
          : `of ${integer(own)} of ${many(labels, 'label')}, the others in handwriting fonts`,
  },
  curves: {
    cross: 'Between the two networks',
    crossLoss: 'loss between them',
    taskLoss: 'task loss of the pen',
    imageLoss: 'task loss of the image network',
    distances: 'Distance of pairs',
    positive: 'same word',
    negative: 'other word',
    distancesAbout: 'The distance to pictures of the same word should fall below that to other words.',
    textsAbout: 'The distance to its own text should fall below that to other texts.',
    image: 'Image network alone',
    imageAbout: (cer: string, accuracy: string, pictures: number) =>
      `It reads ${many(pictures, 'picture')} that it had not seen with a CER of ${cer}; ${accuracy} of them are ` +
      'entirely right.',
    imageLabelsAbout: (accuracy: string, pictures: number) =>
      `It reads ${accuracy} of ${many(pictures, 'picture')} right that it had not seen.`,
    stepAxis: 'step',
    told: (name: string, first: string, last: string, low: string, at: number) =>
      `${name}: from ${first} to ${last}, lowest ${low} at ${integer(at)}`,
    table: 'The figures as a table',
    tableOf: (name: string) => `Figures of ${name} by epoch`,
    epoch: 'Epoch',
  },
  embedding: {
    title: 'Shared embedding',
    of: (run: string) => `Shared embedding of ${run}`,
    missing,
    about: (other: string) =>
      `Each dot is a recording that was not trained on, each square ${other}. Near means similar to the ` +
      'network, far means different: after a good training, the dots of a word lie around its squares, and ' +
      'different words lie apart.',
    others: { image: 'a picture of its word', text: 'the text itself' },
    flat: (size: number, explained: string) =>
      `A flat view: of ${many(size, 'value')} per point, two axes show ${explained} of all differences. Points ` +
      'that touch here may still lie apart.',
    nearest: (own: number, all: number, other: string) =>
      `${integer(own)} of ${many(all, 'recording')} lie nearest to ${other} in the whole embedding.`,
    nearestTo: { image: 'a picture of their own word', text: 'their own text' },
    spread: (own: number, other: number) =>
      `Mean squared distance to their own word ${decimal(own, 2)}, to others ${decimal(other, 2)}.`,
    key: { pen: 'recording', image: 'picture', text: 'text' },
    unseen: 'never trained on',
    epoch: (epoch: number) => `After epoch ${integer(epoch)}`,
    epochs: 'Epoch that is shown',
    keys: 'Arrow keys move, + and - zoom, 0 shows all, N and P go from point to point.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    all: 'Show all',
    words: 'Words',
    only: (word: string) => `Only “${word}”`,
    pen: (word: string, writer: string, id: number) => `“${word}” by ${writer}, recording ${integer(id)}`,
    image: (word: string) => `A picture of “${word}”`,
    text: (word: string) => `The text “${word}”`,
    nearestPoint: {
      image: (word: string) => `nearest: a picture of “${word}”`,
      text: (word: string) => `nearest: the text “${word}”`,
    },
    open: 'Open the recording',
    table: 'The same as a table',
    columns: { word: 'Word', recordings: 'Recordings', right: 'Nearest to their own word' },
    share: (right: number, all: number) => `${integer(right)} of ${integer(all)} (${percent(right / all, 0)})`,
  },
}
