import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/process/events.ts'
import { restoreSensorCalibrations } from '../../../src/main/pen/sensor-calibration/index.ts'
import { ProfileBook } from '../../../src/main/pen/profile.ts'
import type { Device } from '../../../src/shared/api/devices.ts'
import { KalamosError } from '../../../src/shared/errors.ts'
import { profilesInMemory } from '../profiles-in-memory.ts'
import { english } from '../../../src/shared/messages/index.ts'

/**
 * A desk with a book of profiles in which pen K 07 has been calibrated twice, and pens that are plugged by the test.
 */
function desk({ busy = false, fails = false } = {}) {
  const book = new ProfileBook(profilesInMemory())
  const plain = book.get('pen-frame')
  for (const [id, pen, at] of [
    ['old', 'K 07', 1],
    ['own', 'K 07', 2],
    ['other', 'K 08', 3],
  ] as const) {
    book.save({ ...plain, id, name: `Pen ${pen}`, builtIn: false, calibrated: { at, pen, residuals: [] } })
  }
  book.save({
    ...book.get('ximu3'),
    id: 'sibling',
    name: 'Another kind',
    builtIn: false,
    calibrated: { at: 9, pen: 'K 07', residuals: [] },
  })
  const events = new Events()
  const opened: string[] = []
  const notices: string[] = []
  events.on('system.notice', ({ message }) => notices.push(english(message)))
  const pens = {
    open: async (id: string, profileId: string) => {
      if (fails) throw new KalamosError('device-gone', `${id} is gone.`, 'Plug it in.')
      opened.push(`${id} ${profileId}`)
      return device({ profileId })
    },
  }
  const state = { busy }
  restoreSensorCalibrations({ pens, profiles: book, events, busy: () => state.busy })
  const plug = async (...devices: Device[]) => {
    events.emit('devices.changed', devices)
    await setImmediate()
  }
  return { opened, notices, plug, state }
}

function device(about: Partial<Device> = {}): Device {
  return {
    id: 'serial:/dev/pen',
    kind: 'serial',
    name: 'Pen',
    detail: '/dev/pen',
    profileId: 'pen-frame',
    state: 'streaming',
    problem: null,
    channels: [],
    nominalRateHz: 100,
    measuredRateHz: 100,
    frames: 0,
    lostFrames: 0,
    badBytes: 0,
    clockDriftPpm: null,
    batteryPercent: null,
    serial: 'K 07',
    ...about,
  }
}

describe('a pen that was calibrated before', () => {
  it('is opened with its latest calibration when it tells its serial number, and the person is told', async () => {
    const { plug, opened, notices } = desk()
    await plug(device({ serial: undefined as never }))
    expect(opened).toEqual([])
    await plug(device())
    await plug(device({ profileId: 'own' }))
    expect(opened).toEqual(['serial:/dev/pen own'])
    expect(notices).toEqual(['Pen was calibrated before: it is open with the profile “Pen K 07”.'])
  })

  it('keeps the profile that a person chooses afterwards, until it is unplugged', async () => {
    const { plug, opened } = desk()
    await plug(device())
    await plug(device({ profileId: 'pen-frame' }))
    expect(opened).toHaveLength(1)
    await plug()
    await plug(device({ profileId: 'pen-frame' }))
    expect(opened).toHaveLength(2)
  })

  it('is left alone while recordings are made with it, and looked at once they are done', async () => {
    const { plug, opened, state } = desk({ busy: true })
    await plug(device())
    expect(opened).toEqual([])
    state.busy = false
    await plug(device())
    expect(opened).toEqual(['serial:/dev/pen own'])
  })

  it('is no other pen, and no simulation', async () => {
    const { plug, opened } = desk()
    await plug(
      device({ serial: 'K 99' }),
      device({ id: 'virtual:1', kind: 'virtual' }),
      device({ id: 'hid:1', serial: '' }),
    )
    expect(opened).toEqual([])
  })

  it('that cannot be opened again is told with the reason', async () => {
    const { plug, notices } = desk({ fails: true })
    await plug(device())
    expect(notices).toEqual([
      'Pen was calibrated before, but cannot be opened with the profile “Pen K 07”: serial:/dev/pen is gone.',
    ])
  })
})
