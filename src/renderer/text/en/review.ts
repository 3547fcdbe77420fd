import { integer } from '../format.ts'

export const review = {
  review: {
    cursor: 'Cursor',
    frameAt: (frame: number, time: string) => `Frame ${integer(frame + 1)}, at ${time}`,
  },
}
