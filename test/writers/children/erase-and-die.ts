import { openStore } from '../../../src/main/store/index.ts'
import { eraseWriter } from '../../../src/main/store/erase.ts'

/** Deletes a writer, for whom a model and a run were made, and is killed at a moment of it. */
const [path, writerId, moment] = process.argv.slice(2)
const store = openStore(path!)
const { connection } = store
const die = (): void => void process.kill(process.pid, 'SIGKILL')
const execute = connection.execute.bind(connection)
connection.execute = (sql) => {
  if (sql === 'VACUUM' && moment === 'before the file is written anew') die()
  execute(sql)
  if (sql === 'VACUUM' && moment === 'before the log is emptied') die()
}
const model = store.models.create({ name: 'fitted', files: ['fitted.json'] } as never)
const release = moment === 'before the files go' ? die : () => undefined
eraseWriter(store, Number(writerId), { modelIds: [model.id], runIds: [7], release })
