import { join } from 'node:path'
import { createApp } from '../../../src/main/app/app.ts'
import { openBrowserServer } from '../../../src/main/entrypoints/web.ts'

/** The app behind the browser server, on a database and a page that are named, until it is asked to end. */
const [, , database = '', page = ''] = process.argv
const app = await createApp({ databasePath: database, entryPoint: 'browser' })
const browserServer = await openBrowserServer({ host: app, page, transfers: join(app.store.files, 'transfers') })
process.on('SIGTERM', () => void browserServer.close().then(() => app.close()))
console.log(browserServer.url)
