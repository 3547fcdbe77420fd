import type { Command } from 'commander'
import { cancelling } from './cancelling.ts'
import { filterOf, filterOptions, type FilterOptions } from './filter.ts'
import { print, type CommonOptions } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

type Options = CommonOptions & FilterOptions & { all?: boolean }

/** `judge`: what is wrong with recordings, such as imported ones, that nobody has judged. */
export function judgeVerb({ terminal, withRecordings }: Tools): Command {
  const command = verb(
    'judge',
    'Judge the quality of stored recordings that were never judged, such as imported ones.',
    ['judge', 'judge --file words.ndjson', 'judge --writer w03 --all'],
  )
  return filterOptions(
    command.option('--all', 'also those that have a verdict, which gives way to the new one'),
  ).action((options: Options) =>
    withRecordings(options, async ({ api }) => {
      const filter = await filterOf(api, options)
      const which = { filter: options.all === true ? filter : { ...filter, verdict: 'none' as const } }
      let tenth = 0
      const stop = api.on('review.judging', ({ done, total }) => {
        const now = Math.floor((done / Math.max(1, total)) * 10)
        if (now > tenth && now < 10) terminal.err(`${now * 10} %, ${done} recordings\n`)
        tenth = Math.max(tenth, now)
      })
      try {
        const result = await cancelling(
          terminal.signal,
          () => api.request('review.cancelJudging', {}),
          () => api.request('review.judge', { which }),
        )
        print(terminal, options, result, `${result.judged} recordings judged.`)
      } finally {
        stop()
      }
    }),
  )
}
