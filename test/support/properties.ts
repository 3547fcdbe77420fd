import fc from 'fast-check'

/**
 * Properties are tried on the same inputs every time, so that a run says something about the change and not about
 * chance. `KALAMOS_SEED=<number>` tries others.
 */
fc.configureGlobal({ seed: Number(process.env['KALAMOS_SEED'] ?? 1) })
