import { matchChannels, PEN_CHANNELS } from '../../../shared/signal.ts'
import type { ModelCard } from '../../ml/checkpoint/card.ts'
import { signatureOf } from '../../ml/checkpoint/model.ts'
import { encode, foreignTo } from '../../ml/data/classes.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import { framesAt, tooShort } from '../../ml/data/select.ts'
import type { Labelled, Recording, RecordingSource } from '../../ml/data/types.ts'
import { timeReduction } from '../../ml/models/config.ts'
import { REHEARSAL_WORDS } from './rehearsal-buffer.ts'

/** Words of others: some to rehearse, so that the model does not forget them, and others to measure whether it did. */
export interface Others {
  rehearsalBuffer: { kind: 'recorded'; recordings: Labelled[] } | { kind: 'virtual'; words: number } | { kind: 'none' }
  measured:
    { kind: 'recorded'; recordings: Labelled[] } | { kind: 'virtual'; writers: number; perWriter: number } | null
}

/** Words to measure forgetting on, at most. */
const MEASURED_WORDS = 100
/** With fewer words of others there is nothing to learn or to tell. */
const FEWEST = 10
/** Recordings that are looked at in a large store. */
const MOST_LOOKED_AT = 20_000
const VIRTUAL_WRITERS = 10

const DRAW = textKey('others')

/**
 * Chooses what keeps a model from forgetting others. A model of virtual writers rehearses virtual words, simulated
 * anew; any other rehearses recordings of other writers, first of all those that it learned from. Forgetting is
 * measured on recordings of other writers that are not rehearsed, where there are enough, else on virtual writers where
 * the model knows their pen. The same store and model give the same choice.
 */
export function chooseOthers(source: Pick<RecordingSource, 'each'>, card: ModelCard, writerId: number): Others {
  const recorded = readable(source, card, writerId)
  const { ids, heldOutIds, virtual } = card.trainedOn
  const learned = new Set(ids)
  const virtualFits = knowsVirtualPen(card)
  if (virtual && ids.length === 0 && virtualFits) {
    const measured = drawn(recorded, MEASURED_WORDS)
    return {
      rehearsalBuffer: { kind: 'virtual', words: REHEARSAL_WORDS },
      measured: measured.length >= FEWEST ? { kind: 'recorded', recordings: measured } : virtualOthers(),
    }
  }
  const heldOut = new Set(heldOutIds)
  const fresh = recorded.filter(({ id }) => heldOut.has(id) || !learned.has(id))
  const known = recorded.filter(({ id }) => learned.has(id))
  const apart = fresh.length >= FEWEST && known.length >= FEWEST
  const order = drawn(recorded, recorded.length)
  const half = Math.ceil(order.length / 2)
  const rehearsalBuffer = drawn(apart ? known : order.slice(0, half), REHEARSAL_WORDS)
  const measured = drawn(apart ? fresh : order.slice(half), MEASURED_WORDS)
  return {
    rehearsalBuffer:
      rehearsalBuffer.length >= FEWEST ? { kind: 'recorded', recordings: rehearsalBuffer } : { kind: 'none' },
    measured:
      measured.length >= FEWEST
        ? { kind: 'recorded', recordings: measured }
        : virtualFits && virtual
          ? virtualOthers()
          : null,
  }
}

function virtualOthers(): Others['measured'] {
  return { kind: 'virtual', writers: VIRTUAL_WRITERS, perWriter: MEASURED_WORDS / VIRTUAL_WRITERS }
}

/** Recordings of others that the model can learn from; none of the locked holdout. */
function readable(source: Pick<RecordingSource, 'each'>, card: ModelCard, writerId: number): Labelled[] {
  const signature = signatureOf(card)
  const reduction = timeReduction(card.network)
  const found: Labelled[] = []
  let looked = 0
  for (const recording of source.each({ state: 'finished' })) {
    if (++looked > MOST_LOOKED_AT) break
    if (
      recording.writerId === writerId ||
      recording.locked ||
      recording.excluded !== null ||
      !isLabelled(recording) ||
      recording.frames === 0
    )
      continue
    if (
      matchChannels(recording.channels, signature.channels).missing.length > 0 ||
      foreignTo(signature, recording.label) !== null
    )
      continue
    if (
      tooShort(encode(signature, recording.label), framesAt(recording, signature.rateHz), {
        ...signature,
        reduction,
      }) !== null
    )
      continue
    found.push(recording)
  }
  return found
}

function isLabelled(recording: Recording): recording is Labelled {
  return recording.label !== null && recording.label.trim() !== ''
}

function drawn(recordings: readonly Labelled[], most: number): Labelled[] {
  return recordings
    .map((recording) => ({ recording, draw: new KeyedRandom(DRAW, recording.id).uniform() }))
    .sort((a, b) => a.draw - b.draw)
    .slice(0, most)
    .map(({ recording }) => recording)
}

/** Whether virtual words can be brought to the model: it reads words by the channels of the virtual pen. */
function knowsVirtualPen({ task, channels }: ModelCard): boolean {
  return task === 'ctc' && matchChannels(PEN_CHANNELS, channels).missing.length === 0
}

/** Where the words come from that are rehearsed, and how many there are to draw from. */
export function describeRehearsalBuffer({ rehearsalBuffer }: Others): {
  kind: Others['rehearsalBuffer']['kind']
  words: number
} {
  switch (rehearsalBuffer.kind) {
    case 'recorded':
      return { kind: rehearsalBuffer.kind, words: rehearsalBuffer.recordings.length }
    case 'virtual':
      return { kind: rehearsalBuffer.kind, words: rehearsalBuffer.words }
    case 'none':
      return { kind: rehearsalBuffer.kind, words: 0 }
  }
}
