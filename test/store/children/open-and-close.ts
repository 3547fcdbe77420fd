import { Connection } from '../../../src/main/store/connection.ts'

/** Opens a database for writing as if no lock was beside it, writes and closes. */
const connection = new Connection(process.argv[2]!, { readOnly: false, busyMillis: 2000 })
connection.execute("INSERT INTO settings (name, value, changed_at) VALUES ('another', '1', 0)")
connection.close()
console.log(JSON.stringify('closed'))
