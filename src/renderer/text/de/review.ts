import type { review as en } from '../en/review.ts'
import { integer } from '../format.ts'

export const review: typeof en = {
  review: {
    cursor: 'Cursor',
    frameAt: (frame: number, time: string) => `Frame ${integer(frame + 1)}, bei ${time}`,
  },
}
