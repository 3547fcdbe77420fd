import type { Command } from 'commander'
import type { Device } from '../../../shared/api/devices.ts'
import { addReplay, onDeviceEnd } from './device.ts'
import { print, throwIfCancelled, until, type CommonOptions } from './terminal.ts'
import { decimal, verb, type Tools } from './verb.ts'

/** `replay`: stored recordings through the ordinary path, counted. */
export function replayVerb({ terminal, withApp }: Tools): Command {
  return verb(
    'replay',
    'Replay stored recordings as a device and count what arrives. To record or read them, give replay:<source> ' +
      'as --device to those commands.',
    ['replay recordings.ndjson.gz --speed 100', 'replay 4 --json'],
  )
    .argument('<source>', 'an NDJSON file, or the id of a stored session')
    .option('--speed <times>', '1 is real time', decimal(0.1, 1000), 1)
    .option('--profile <id>', 'the device profile to open it with')
    .action((source: string, options: CommonOptions & { speed: number; profile?: string }) =>
      withApp(options, async ({ api }) => {
        const { id, detail } = await addReplay(api, source, options.speed, terminal.signal)
        terminal.err(`Playing ${detail}\n`)
        let device: Device | undefined
        const startedAt = performance.now()
        await until(terminal.signal, (settle, fail) => {
          const stops = [
            api.on('devices.changed', (devices) => void (device = devices.find((each) => each.id === id) ?? device)),
          ]
          api
            .request('devices.open', {
              deviceId: id,
              ...(options.profile === undefined ? {} : { profileId: options.profile }),
            })
            .then((opened) => {
              device = opened
              stops.push(onDeviceEnd(api, id, settle))
            })
            .catch(fail)
          return [() => stops.forEach((stop) => stop())]
        })
        const seconds = (performance.now() - startedAt) / 1000
        const { frames = 0, lostFrames = 0, measuredRateHz = null } = device ?? {}
        print(
          terminal,
          options,
          { frames, lostFrames, measuredRateHz, seconds },
          `${frames} frames in ${seconds.toFixed(1)} s, ${lostFrames} lost.`,
        )
        throwIfCancelled(terminal.signal)
      }),
    )
}
