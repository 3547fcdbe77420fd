import { openStore } from '../../../src/main/store/index.ts'

/** Opens a database for writing and tells how many recordings it holds. */
const store = openStore(process.argv[2]!)
console.log(JSON.stringify(store.recordings.count({})))
store.close()
