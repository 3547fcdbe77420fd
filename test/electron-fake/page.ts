import { CHANNELS } from '../../src/shared/channels.ts'
import { ipcMain } from './ipc.ts'
import type { FakeWindow } from './window.ts'

/** Asks as the page of a window does. What crosses is cloned, as between processes. */
export async function ask(window: FakeWindow, name: string, input: unknown): Promise<unknown> {
  return structuredClone(await ipcMain.invoke(CHANNELS.request, from(window), name, structuredClone(input)))
}

/** Listens as the page of a window does. */
export function listen(window: FakeWindow, name: string, listener: (payload: unknown) => void): void {
  window.webContents.on('told', (told: string, payload: unknown) => told === name && listener(structuredClone(payload)))
  ipcMain.emit(CHANNELS.subscribe, from(window), name)
}

function from({ webContents }: FakeWindow): object {
  return { sender: webContents, senderFrame: webContents.mainFrame }
}
