import type { Command } from 'commander'
import type { Device } from '../../../shared/api/devices.ts'
import { english } from '../../../shared/messages/index.ts'
import { print, table, type CommonOptions } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

/** `devices`: which pens are there. */
export function devicesVerb({ terminal, withApp }: Tools): Command {
  return verb('devices', 'List the pens that are plugged in.', ['devices', 'devices --json']).action(
    (options: CommonOptions) =>
      withApp(options, async ({ api }) => {
        const devices = await api.request('devices.scan', {})
        print(
          terminal,
          options,
          devices,
          devices.length === 0
            ? 'No device is plugged in.'
            : table(['ID', 'STATE', 'NAME', 'DETAIL'], devices.map(row)),
        )
        if (devices.length === 0)
          terminal.err('"doctor" checks whether serial ports and HID devices can be opened here.\n')
      }),
  )
}

function row(device: Device): string[] {
  return [
    device.id,
    device.problem === null ? device.state : `${device.state}: ${english(device.problem.message)}`,
    device.name,
    english(device.detail),
  ]
}
