import { symbols } from '../../shared/text.ts'
import { below, beyond, rounded, type Check } from './evidence.ts'

/** Whether so many letters can have been written in this time. */
export const fittingLength: Check = ({ signal, label }, { shortestLetterMs, longestLetterMs }) => {
  const letters = label === null ? 0 : symbols(label).filter((letter) => letter.trim() !== '').length
  if (letters === 0) return null
  const lost = signal.gaps.reduce((sum, gap) => sum + gap.lost, 0)
  const perLetter = ((signal.frames + lost) * 1000) / signal.rateHz / letters
  const [short, long] = [below(perLetter, shortestLetterMs), beyond(perLetter, longestLetterMs)]
  if (short !== null)
    return {
      code: 'too-short',
      level: short,
      message: `${rounded(perLetter)} ms a letter is very short for “${label}”.`,
    }
  if (long !== null)
    return {
      code: 'too-long',
      level: long,
      message: `${rounded(perLetter / 1000)} s a letter is very long for “${label}”.`,
    }
  return null
}
