import type { Command } from 'commander'
import type { Api } from '../../shared/api.ts'
import type { ReadWord } from '../../shared/api/recognition.ts'
import { DEVICE_HELP, onDeviceEnd, openDevice, type DeviceChoice } from './device.ts'
import { findModel } from './evaluate.ts'
import { print, throwIfCancelled, until, type CommonOptions, type Terminal } from './terminal.ts'
import { decimal, verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions & DeviceChoice & { model: string; words?: number }

/** After a replay has played its last frame, its last word may still be ending. */
const LAST_WORD_MS = 2000

/** `recognise`: words as they are written, one a line. */
export function recogniseVerb({ terminal, withApp }: Tools): Command {
  return verb('recognise', 'Read words as they are written, one a line, until Ctrl-C or the end of a replay. With --json one object a line.', [
    'recognise --model "Digits" --device serial:/dev/ttyACM0 --profile ximu3',
    'recognise --model 1 --device replay:4 --json',
  ])
    .requiredOption('--model <id or name>', 'the model')
    .requiredOption('--device <device>', DEVICE_HELP)
    .option('--profile <id>', 'the device profile to open it with')
    .option('--speed <times>', 'of a replay, against real time', decimal(0.1, 1000), 1)
    .option('--words <number>', 'end after as many', whole(1, Number.MAX_SAFE_INTEGER))
    .action((options: Options) =>
      withApp(options, async ({ api }) => {
        const model = await findModel(api, options.model)
        const device = await openDevice(api, options)
        await readWords(api, terminal, { modelId: model.id, deviceId: device.id, words: options.words ?? Infinity }, (word) =>
          print(terminal, options, word, `${word.text}\t${Math.round(word.confidence * 100)} %\t${word.latencyMs.toFixed(0)} ms`),
        )
        throwIfCancelled(terminal.signal)
      }),
    )
}

/** Reads with a model from an open device until so many words, the device's end, or Ctrl-C. Throws what `recognise.start` throws. */
export async function readWords(
  api: Api,
  terminal: Terminal,
  { modelId, deviceId, words }: { modelId: number; deviceId: string; words: number },
  tell: (word: ReadWord) => void,
): Promise<void> {
  let last: NodeJS.Timeout | undefined
  let count = 0
  let settled = (): void => undefined
  const stops = [
    api.on('recognise.word', (word) => {
      if (count >= words) return
      tell(word)
      if (++count >= words) settled()
    }),
    onDeviceEnd(api, deviceId, () => (last = setTimeout(() => settled(), LAST_WORD_MS))),
    () => clearTimeout(last),
  ]
  try {
    await api.request('recognise.start', { modelId, deviceId })
    await until(terminal.signal, (settle) => {
      settled = settle
      if (count >= words) settle()
      return []
    })
  } finally {
    for (const stop of stops) stop()
  }
  await api.request('recognise.stop', {})
}
