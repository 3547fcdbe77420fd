import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { DeviceProfile, type ProfileChannel } from '../../src/shared/api/devices.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { BUILT_IN_PROFILES, ProfileBook } from '../../src/main/pen/index.ts'
import { calibrate } from '../../src/main/pen/profile.ts'
import { profilesInMemory } from './profiles-in-memory.ts'

const plain: ProfileChannel = { name: 'acc1_x', unit: 'g', bias: 0, scale: 1, range: null }
const book = () => new ProfileBook(profilesInMemory())

describe('device profiles', () => {
  it('come with the app, and each of them is valid and can be saved as it is', () => {
    for (const profile of BUILT_IN_PROFILES) {
      expect(v.parse(DeviceProfile, profile)).toEqual(profile)
      expect(book().save(profile)).toEqual(profile)
    }
  })

  it('of the pen frame have the ranges of the DigiPen in the order of the data sets', () => {
    const { channels } = book().get('pen-frame')
    expect(channels.map(({ name, unit }) => ({ name, unit }))).toEqual(PEN_CHANNELS)
    expect(channels.map((channel) => channel.range)).toEqual([
      2, 2, 2, 2, 2, 2, 1000, 1000, 1000, 2400, 2400, 2400, 5.32,
    ])
  })

  it('can be edited and taken back to how they came', () => {
    const profiles = book()
    profiles.save({ ...profiles.get('wt901'), rateHz: 200, builtIn: false })
    expect(profiles.get('wt901')).toMatchObject({ rateHz: 200, builtIn: true })
    profiles.reset('wt901')
    expect(profiles.get('wt901').rateHz).toBe(10)
  })

  it('of the user stand beside the built-in ones and are deleted by a reset', () => {
    const profiles = book()
    profiles.save({ ...profiles.get('ximu3'), id: 'my-pen', name: 'My pen' })
    expect(profiles.list().at(-1)).toMatchObject({ id: 'my-pen', builtIn: false })
    expect(profiles.reset('my-pen').some((profile) => profile.id === 'my-pen')).toBe(false)
  })

  it('are named when one is asked for that is not there', () => {
    expect(() => book().get('nothing')).toThrow(/"nothing"/)
    expect(() => book().reset('nothing')).toThrow(/"nothing"/)
  })

  it.each<[string, ProfileChannel[], RegExp]>([
    ['a channel the codec cannot give', [{ ...plain, name: 'force', unit: 'N' }], /codec ximu3 has no channel force/],
    ['the same channel twice', [plain, plain], /acc1_x twice/],
    ['a scale of zero', [{ ...plain, scale: 0 }], /scale 0/],
  ])('are refused with %s', (_, channels, message) => {
    const profiles = book()
    expect(() => profiles.save({ ...profiles.get('ximu3'), channels })).toThrow(message)
  })
})

describe('calibration', () => {
  const profile = book().get('ximu3')

  it("takes the profile's channels out of what comes, with bias and scale", () => {
    const edited = { ...profile, channels: [{ name: 'acc1_x', unit: 'g' as const, bias: 0.5, scale: 2, range: null }] }
    const calibration = calibrate(
      edited,
      [
        { name: 'gyro_x', unit: 'deg/s' },
        { name: 'acc1_x', unit: 'g' },
      ],
      false,
    )
    expect(calibration).toMatchObject({
      channels: [{ name: 'acc1_x', unit: 'g' }],
      columns: Int32Array.of(1),
      bias: Float64Array.of(0.5),
      scale: Float64Array.of(2),
    })
  })

  it('refuses a device that does not send what the profile names', () => {
    expect(() => calibrate(profile, [{ name: 'acc1_x', unit: 'g' }], false)).toThrow(
      /sends no acc1_y, acc1_z, gyro_x, gyro_y, gyro_z/,
    )
  })

  it('believes a device that announces its channels, and corrects those that the profile knows in the same unit', () => {
    const edited = {
      ...profile,
      channels: [
        { name: 'acc1_x', unit: 'g' as const, bias: 0.5, scale: 2, range: null },
        { name: 'force', unit: 'N' as const, bias: 9, scale: 9, range: null },
      ],
    }
    const calibration = calibrate(
      edited,
      [
        { name: 'force', unit: 'count' },
        { name: 'acc1_x', unit: 'g' },
      ],
      true,
    )
    expect(calibration.channels).toEqual([
      { name: 'force', unit: 'count' },
      { name: 'acc1_x', unit: 'g' },
    ])
    expect(Array.from(calibration.bias)).toEqual([0, 0.5])
    expect(Array.from(calibration.scale)).toEqual([1, 2])
  })
})
