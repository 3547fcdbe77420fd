import { keepFolds } from '../../../src/main/exchange/folds.ts'

/** Writes folds with many words again and again, until it is killed. */
const words = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`word ${at}`, at % 5]))
for (;;) {
  keepFolds(process.argv[2]!, { version: 1, folds: 5, holdout: ['w1'], writers: { w2: 0 }, words })
  process.stdout.write('.')
}
