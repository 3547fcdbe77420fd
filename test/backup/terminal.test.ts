import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../../src/main/app/app.ts'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { temporaryFolder } from '../store/fixtures.ts'

async function run(...args: string[]) {
  let [out, err] = ['', '']
  const code = await runProgram(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    signal: new AbortController().signal,
    keys: () => null,
  })
  return { code, out, err }
}

test('everything is backed up while the app is open, and restored once it is closed, from the terminal', async () => {
  const folder = temporaryFolder()
  const [database, saved] = [join(folder, 'pens.db'), join(folder, 'saved.zip')]
  const app = await createApp({ databasePath: database, entryPoint: 'browser' })
  await app.request('writers.create', { name: 'Ada', handedness: 'unknown' })
  const made = await run('backup', saved, '--database', database)
  expect([made.code, made.out]).toEqual([0, expect.stringContaining(`0 recordings of 1 writers and`)])
  expect(await run('backup', saved, '--database', database)).toMatchObject({
    code: 1,
    err: `${saved} is there already.\nName a file that is not there yet.\n`,
  })

  expect((await run('restore', saved, '--database', database)).err).toContain(
    'With --replace the backup takes its place',
  )
  expect((await run('restore', saved, '--database', database, '--replace')).err).toContain(
    'is being written by another',
  )
  await app.request('writers.create', { name: 'Ben', handedness: 'unknown' })
  await app.close()
  const { keptIn } = JSON.parse((await run('restore', saved, '--database', database, '--replace', '--json')).out) as {
    keptIn: string
  }
  const writers = async (path: string): Promise<string[]> => {
    const again = await createApp({ databasePath: path, entryPoint: 'terminal' })
    try {
      return (await again.request('writers.list', {})).map(({ name }) => name)
    } finally {
      await again.close()
    }
  }
  expect(await writers(database)).toEqual(['Ada'])
  expect(await writers(join(keptIn, 'pens.db'))).toEqual(['Ada', 'Ben'])
  expect((await run('restore', saved, '--database', join(folder, 'elsewhere', 'new.db'))).code).toBe(0)
  expect(await writers(join(folder, 'elsewhere', 'new.db'))).toEqual(['Ada'])
})

test('the app tells how far a backup is, lays one ready to be restored, and takes it at the next start', async () => {
  const folder = temporaryFolder()
  const [database, saved] = [join(folder, 'pens.db'), join(folder, 'saved.zip')]
  let restarts = 0
  const app = await createApp({ databasePath: database, entryPoint: 'window', restart: () => restarts++ })
  const told: (string | null)[] = []
  app.listen('backup.progress', (progress) => told.push(progress === null ? null : progress.step))
  await app.request('backup.make', { path: saved })
  expect([told.includes('database'), told.at(-1)]).toEqual([true, null])
  expect(await app.request('backup.inspect', { path: saved })).toMatchObject({ path: saved, writers: 0 })
  await app.request('writers.create', { name: 'Ben', handedness: 'unknown' })
  await app.request('backup.restore', { path: saved })
  expect(await app.request('backup.state', {})).toMatchObject({
    folder,
    running: null,
    waiting: { writers: 0 },
    restored: null,
    restarts: true,
  })
  await app.request('backup.cancelRestore', {})
  expect(await app.request('backup.state', {})).toMatchObject({ waiting: null })
  await app.request('backup.restore', { path: saved })
  await app.request('backup.restart', {})
  expect(restarts).toBe(1)
  await app.close()

  const again = await createApp({ databasePath: database, entryPoint: 'browser' })
  try {
    expect(await again.request('writers.list', {})).toEqual([])
    expect(await again.request('backup.state', {})).toMatchObject({
      waiting: null,
      restored: { keptIn: expect.stringContaining('before-restore') as string },
    })
    await expect(again.request('backup.restart', {})).rejects.toMatchObject({ code: 'unavailable' })
    await expect(again.request('backup.inspect', { path: folder })).rejects.toMatchObject({ code: 'invalid-input' })
    const [first, second] = await Promise.allSettled([
      again.request('backup.make', { path: join(folder, 'a') }),
      again.request('backup.make', { path: join(folder, 'b') }),
    ])
    expect([first?.status, second]).toMatchObject(['fulfilled', { reason: { code: 'conflict' } }])
  } finally {
    await again.close()
  }
})

test('a folder that is no backup is refused with the reason', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'backup.json'), '{"kind":"another"}')
  expect((await run('restore', folder, '--database', join(folder, 'pens.db'))).err).toContain(
    `${folder} is not a backup of Kalamos`,
  )
})
