import { expect, it } from 'vitest'
import * as v from 'valibot'
import { openLog, takeRelayed } from '../../src/main/log/index.ts'
import { readLog } from '../../src/main/log/read.ts'
import { forkChild } from '../../src/main/process/fork.ts'
import { FromTrainer } from '../../src/main/training/queue/messages.ts'
import { entry } from '../../src/main/files/paths.ts'
import { temporaryFolder } from '../store/fixtures.ts'

it(
  'an error that reached nobody in the training process is told as the reason of its end, and is in the log of the app with its stack',
  { timeout: 60_000 },
  async () => {
    const opened = openLog({ folder: temporaryFolder(), entryPoint: 'browser' })
    const child = forkChild(entry('trainer'))
    const told: FromTrainer[] = []
    child.onMessage((message) => {
      const heard = v.parse(FromTrainer, message)
      told.push(heard)
      if (heard.type === 'log') takeRelayed(heard.entry)
      // What it does not know is thrown where it listens.
      if (heard.type === 'ready') child.send({ type: 'Typedsecret' })
    })
    const reason = await new Promise<string>((resolve) => child.onExit(resolve))
    expect(reason).toBe('exit code 1')
    expect(told.map(({ type }) => type)).toEqual(['ready', 'log', 'failed'])
    const [{ level, area, text }] = readLog(opened.path, 'debug', 500) as [ReturnType<typeof readLog>[number]]
    expect({ level, area }).toEqual({ level: 'error', area: 'app' })
    expect(text).toMatch(/^an error reached nobody: ValiError\n\s+at .*training\/process\.ts:/s)
    expect(text).not.toContain('Typedsecret')
    opened.close()
  },
)
