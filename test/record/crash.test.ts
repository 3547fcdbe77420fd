import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/**
 * Lets a session run until it has told so often how far it is, kills its program, and returns how many prompts it had
 * told to be done.
 */
async function runAndKill(path: string, times: number): Promise<number> {
  const program = fileURLToPath(new URL('children/session-forever.ts', import.meta.url))
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
  while (told.split('\n').length <= times) await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
  return Number(told.split('\n').at(-2))
}

it('a session goes on after kill -9 where it stopped: no prompt is lost, none is asked for twice', async () => {
  const path = join(temporaryFolder(), 'studio.sqlite')
  let reached = 0
  for (let round = 0; round < 4; round++) {
    const told = await runAndKill(path, 15 + 15 * round)
    expect(told).toBeGreaterThanOrEqual(reached)
    reached = told
    const store = newStore(path)
    const [promptedSession] = store.promptedSessions.unfinished()
    expect(promptedSession).toMatchObject({ writerName: 'w01', protocol: { id: 'long', version: 1 }, prompts: 400 })
    expect(promptedSession!.done).toBeGreaterThanOrEqual(told)
    expect(store.sessions.list()).toHaveLength(1)
    const outcomes = store.promptedSessions.outcomes(promptedSession!.sessionId)
    outcomes.forEach((outcome, i) => {
      if (i % 7 === 3) expect(outcome).toBeNull()
      else expect(store.recordings.get(outcome!.recordingId)).toMatchObject({ label: `w${i}`, state: 'finished' })
    })
    expect(store.recordings.count({ state: 'finished' })).toBe(outcomes.filter((outcome) => outcome !== null).length)
    expect(store.promptedSessions.consents(1)).toHaveLength(1)
    store.close()
  }
  expect(reached).toBeGreaterThan(10)
})
