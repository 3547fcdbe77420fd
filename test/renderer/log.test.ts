import { afterEach, describe, expect, it } from 'vitest'
import { LogView } from '../../src/renderer/state/log.svelte.ts'
import { inWords, Notices } from '../../src/renderer/state/notices.svelte.ts'
import { spoken } from '../../src/renderer/text/language.svelte.ts'
import type { LogEntry } from '../../src/shared/api/system.ts'
import { scriptedHost } from './scripted-host.ts'

afterEach(() => {
  spoken.choice = 'system'
})

const entry = (level: LogEntry['level'], text: string): LogEntry => ({
  at: '2027-01-31T12:00:00.000Z',
  level,
  area: 'pens',
  process: 'window:1',
  text,
})

function view(entries: LogEntry[] = []) {
  const host = scriptedHost({ 'system.log': () => ({ path: '/x/kalamos.log', problem: null, entries }) })
  const notices = new Notices(host.api)
  const log = new LogView(host.api, notices)
  log.listen()
  return { ...host, notices, log }
}

describe('the log in the window', () => {
  it('is asked for down to a level, and copied as it stands in the file', async () => {
    const { log, asked } = view([
      entry('warn', 'a device is gone: code=unplugged'),
      entry('error', 'it failed: TypeError\n    at x (file:///y.js:1:1)'),
    ])
    log.level = 'warn'
    await log.load()
    expect(asked).toEqual([['system.log', { level: 'warn' }]])
    expect(log.text).toBe(
      '2027-01-31T12:00:00.000Z warn pens window:1 a device is gone: code=unplugged\n2027-01-31T12:00:00.000Z ' +
        'error pens window:1 it failed: TypeError\n    at x (file:///y.js:1:1)\n',
    )
    log.level = 'error'
    expect(log.entries.map(({ level }) => level)).toEqual(['error'])
  })

  it('is a click away from what went wrong in the background, said in the language of the person', () => {
    const { log, notices, send } = view()
    send('system.problem', { area: 'pens', code: 'internal', message: null, hint: null })
    const [notice] = notices.shown
    expect(notice).toMatchObject({
      level: 'error',
      message: 'Something went wrong with a pen. Everything else continues. The log says more.',
    })
    spoken.choice = 'de'
    expect(notice!.message).toBe('Mit einem Stift ging etwas schief. Alles andere läuft weiter. Mehr steht im Log.')
    expect(inWords(notice!.action!.label)).toBe('Log zeigen')
    notice!.action!.run()
    expect(log.open).toBe(true)
  })

  it('leaves to the host the words of what it meant for people', () => {
    const { notices, send } = view()
    send('system.problem', {
      area: 'training',
      code: 'disk-full',
      message: 'The disk is full: x cannot grow.',
      hint: 'Free some space.',
    })
    expect(notices.shown[0]).toMatchObject({ message: 'The disk is full: x cannot grow.', hint: 'Free some space.' })
  })

  it('is where the person is sent when the host has to end', () => {
    const { notices, send } = view()
    send('system.failing', {})
    expect(notices.shown[0]).toMatchObject({
      level: 'error',
      message:
        'Kalamos has to end because of a defect. What was recorded is being saved. Start it again; the log says more.',
    })
  })
})
