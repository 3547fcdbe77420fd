import { symbols } from '../../shared/text.ts'
import { say } from '../../shared/messages/index.ts'
import { below, beyond, type Check } from './evidence.ts'

/** Whether so many letters can have been written in this time. */
export const fittingLength: Check = ({ signal, label }, { shortestLetterMs, longestLetterMs }) => {
  const letters = label === null ? 0 : symbols(label).filter((letter) => letter.trim() !== '').length
  if (label === null || letters === 0) return null
  const lost = signal.gaps.reduce((sum, gap) => sum + gap.lost, 0)
  const perLetter = ((signal.frames + lost) * 1000) / signal.rateHz / letters
  const [short, long] = [below(perLetter, shortestLetterMs), beyond(perLetter, longestLetterMs)]
  if (short !== null)
    return {
      code: 'too-short',
      level: short,
      message: say('quality.ms-letter-very-short', { ms: perLetter, label }),
    }
  if (long !== null)
    return {
      code: 'too-long',
      level: long,
      message: say('quality.s-letter-very-long', { seconds: perLetter / 1000, label }),
    }
  return null
}
