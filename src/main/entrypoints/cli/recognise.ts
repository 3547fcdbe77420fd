import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Api, Input } from '../../../shared/api.ts'
import type { Decoding, LexiconInUse, ReaderState, ReadWord } from '../../../shared/api/recognition.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { shownAs } from '../../../shared/transcript.ts'
import { inBackground } from '../../process/background.ts'
import { DEVICE_HELP, onDeviceEnd, openDevice, type DeviceChoice } from './device.ts'
import { findModel } from './evaluate.ts'
import { findWriter } from './filter.ts'
import { print, throwIfCancelled, until, type CommonOptions, type Terminal } from './terminal.ts'
import { decimal, encodingOption, oneOf, verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions &
  DeviceChoice & {
    model?: string
    words?: number
    decoding?: Decoding['method']
    writer?: string
    lexicon?: string
    text?: string
    encoding?: SaidEncoding
    virtualText?: string
  }

/** `recognise`: words as they are written, one a line. */
export function recogniseVerb({ terminal, withApp }: Tools): Command {
  return verb(
    'recognise',
    'Read words as they are written, one per line, with alternatives where the confidence is low, until Ctrl-C ' +
      'or the end of a replay. With --json one object per line.',
    [
      'recognise --model "Digits" --device serial:/dev/ttyACM0 --profile ximu3',
      'recognise --model 1 --device replay:4 --json',
      'recognise --model base --device virtual:7 --virtual-text "Hand und Feder" --words 3',
      'recognise --model base --device virtual:7 --decoding lexicon --lexicon words.txt --writer w01',
    ],
  )
    .option('--model <id or name>', 'the model; by default the one that reads this writer')
    .requiredOption('--device <device>', DEVICE_HELP)
    .option('--profile <id>', 'the device profile to open it with')
    .option('--speed <times>', 'speed of a replay; 1 is real time', decimal(0.1, 1000), 1)
    .option(
      '--decoding <method>',
      'lexicon, greedy (letter by letter, without the lexicon) or beam; by default as in the settings: lexicon ' +
        'unless changed',
      oneOf(['greedy', 'beam', 'lexicon']),
    )
    .option(
      '--lexicon <file>',
      'take over a list of your own, one word a line; none removes it. It stays, as from the window',
    )
    .option('--text <file>', 'teach the language model with a text; none removes it. It stays, too')
    .addOption(encodingOption())
    .option('--writer <name>', 'who writes: words end after this writer’s own pauses')
    .option('--virtual-text <text>', 'what a virtual pen writes; what it cannot write is left out and reported')
    .option('--words <number>', 'stop after so many words', whole(1, Number.MAX_SAFE_INTEGER))
    .action((options: Options) =>
      withApp(options, async ({ api }) => {
        await takeOver(api, terminal, options)
        const modelId = options.model === undefined ? null : (await findModel(api, options.model)).id
        const device = await openDevice(api, options, terminal.signal)
        const { virtualText: write } = options
        const start = {
          modelId,
          deviceId: device.id,
          ...(options.writer === undefined ? {} : { writerId: (await findWriter(api, options.writer)).id }),
          ...(options.decoding === undefined ? {} : { decoding: { method: options.decoding } }),
        }
        const begun = async ({ lexicon }: ReaderState): Promise<void> => {
          terminal.err(`${withLexicon(lexicon)}\n`)
          if (write !== undefined) await letWrite(api, terminal, device.id, write)
        }
        await readWords(api, terminal, { start, words: options.words ?? Infinity, begun }, (word) =>
          print(
            terminal,
            options,
            word,
            `${shownAs(word)}\t${Math.round(word.confidence * 100)} %\t${word.latencyMs.toFixed(0)} ms`,
          ),
        )
        throwIfCancelled(terminal.signal)
      }),
    )
}

/**
 * Takes over what beside the model helps to read. Throws what `recognise.setLexicon` and `recognise.setLanguage` throw.
 */
async function takeOver(
  api: Api,
  terminal: Terminal,
  { lexicon, text, encoding }: Pick<Options, 'lexicon' | 'text' | 'encoding'>,
): Promise<void> {
  const said = encoding === undefined ? {} : { encoding }
  if (lexicon !== undefined) {
    const { builtIn, own } = (await api.request('recognise.setLexicon', { path: pathOf(lexicon), ...said })).lexicon
    terminal.err(
      own === null
        ? `The lexicon holds the ${builtIn} words that come with the app.\n`
        : `The lexicon holds the ${own.words} words of ${own.name} beside the ${builtIn} that come with the app.\n`,
    )
  }
  if (text !== undefined) {
    const { language } = await api.request('recognise.setLanguage', { path: pathOf(text), ...said })
    terminal.err(
      language === null
        ? 'No text teaches the language model.\n'
        : `The language model is taught by the ${language.words} words of ${language.name}; beam and lexicon use it.\n`,
    )
  }
}

/** What becomes of the lexicon, as a sentence. */
function withLexicon({ state, languages, words, leftOut }: LexiconInUse): string {
  if (state !== 'used') return `Reads without the lexicon: ${WHY_NOT[state]}.`
  const of = languages.length === 0 ? '' : ` (${languages.map((language) => LANGUAGES[language]).join(' and ')})`
  const more = leftOut === 0 ? '' : ` ${leftOut} more need signs that the model does not know.`
  return `Reads with the lexicon: ${words} different words${of} are loaded.${more} --decoding greedy reads without it.`
}

const LANGUAGES = { de: 'German', en: 'English' } as const
const WHY_NOT = {
  off: 'another decoding is chosen; --decoding lexicon reads with it',
  labels: 'this model reads whole labels',
  alphabet: 'this model knows the letters of hardly any of its words',
  empty: 'no language is chosen, and there are no words of your own',
} as const

/** Lets a virtual pen write, and says of each word what was left out. Throws what `devices.writeText` throws. */
async function letWrite(api: Api, terminal: Terminal, deviceId: string, text: string): Promise<void> {
  const { leftOut } = await api.request('devices.writeText', { deviceId, text })
  for (const { word, written, signs } of leftOut) {
    const what = written === '' ? `“${word}” was not written` : `“${word}” was written as “${written}”`
    terminal.err(
      `${what}: ${signs.length > 0 ? `the virtual pen has no shape for ${signs.join(' ')}` : 'it is too long'}.\n`,
    )
  }
}

function pathOf(file: string): string | null {
  return file === 'none' ? null : resolve(file)
}

/**
 * Reads with a model from an open device until so many words, the device's end, or Ctrl-C. Throws what
 * `recognise.start` throws.
 */
export async function readWords(
  api: Api,
  terminal: Terminal,
  {
    start,
    words,
    begun = async () => undefined,
  }: { start: Input<'recognise.start'>; words: number; begun?: (state: ReaderState) => Promise<void> },
  tell: (word: ReadWord) => void,
): Promise<void> {
  let count = 0
  const over = Promise.withResolvers<undefined>()
  const stops = [
    api.on('recognise.word', (word) => {
      if (count >= words) return
      tell(word)
      if (++count >= words) over.resolve(undefined)
    }),
    onDeviceEnd(api, start.deviceId, () => over.resolve(undefined)),
  ]
  try {
    await begun(await api.request('recognise.start', start))
    await until(terminal.signal, (settle) => {
      inBackground('entrypoint', 'reading could not end', () => over.promise.then(settle))
      return []
    })
    // What was written before the end is read to its end, however long that takes, and heard here.
    await api.request('recognise.stop', {})
  } finally {
    for (const stop of stops) stop()
  }
}
