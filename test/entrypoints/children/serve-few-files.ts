import { join } from 'node:path'
import { createApp } from '../../../src/main/app/app.ts'
import { openBrowserDoor } from '../../../src/main/entrypoints/web.ts'

/** The app behind the browser door, on a database and a page that are named, until it is asked to end. */
const [, , database = '', page = ''] = process.argv
const app = await createApp({ databasePath: database, door: 'browser' })
const door = await openBrowserDoor({ host: app, page, transfers: join(app.store.files, 'transfers') })
process.on('SIGTERM', () => void door.close().then(() => app.close()))
console.log(door.url)
