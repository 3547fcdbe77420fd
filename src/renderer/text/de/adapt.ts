import type { adapt as en } from '../en/adapt.ts'

export const adapt: typeof en = {}
