import { openStore } from '../../../src/main/store/index.ts'
import { errorShape } from '../../../src/shared/errors.ts'

/** Opens a store as somebody without rights: the administrator may write everywhere, which hides the error. */
const [path] = process.argv.slice(2)
const NOBODY = 65534
openStore(`${path}-warm-up`).close()
if (process.getuid?.() === 0) {
  process.setgid!(NOBODY)
  process.setuid!(NOBODY)
}
try {
  const store = openStore(path!)
  store.writers.create({ name: 'w01', handedness: 'right' })
  console.log(JSON.stringify('opened'))
} catch (error) {
  console.log(JSON.stringify(errorShape(error)))
}
