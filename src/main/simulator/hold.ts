/**
 * How a person holds and presses the pen: drawn, where a tablet did not measure it, from what tablets measured of
 * others.
 */
import { hash, randomStream } from '../random/named.ts'
import { clamp, exp, radians } from '../signal/arithmetic.ts'
import measured from './measured-hands.json' with { type: 'json' }
import type { PenPath } from './pen-path.ts'
import { drawPen } from './profile.ts'
import type { VirtualWriter } from './writer.ts'

/** What of a writer a pen's motion and its sensors depend on, beside the way of the tip. */
export type PenHold = Pick<
  VirtualWriter,
  'virtual' | 'name' | 'seed' | 'handedness' | 'lift' | 'force' | 'tremor' | 'pose' | 'pivot' | 'field' | 'pen'
> & { reenacted?: true }

/**
 * The `pose`th way (from 0) in which a person's words are re-enacted: another grip, another pen, another desk. How long
 * the person's pen stays in the air is the same in all of them. The same person, pose and seed give the same hold
 * everywhere.
 */
export function drawHold(
  person: { name: string; handedness: PenPath['handedness'] },
  pose: number,
  seed: number,
): PenHold {
  const { tilt, force, lifts } = measured
  const own = hash(['re-enacted', person.name, pose, seed]) & 0x7fffffff
  const random = randomStream('hold', own)
  const handedness = person.handedness === 'left' ? 'left' : 'right'
  const azimuth = radians(tilt.azimuth.mean + tilt.azimuth.between * random.normal())
  return {
    virtual: true,
    reenacted: true,
    name: person.name,
    seed: own,
    handedness,
    lift: {
      seconds: exp(lifts.constant) * randomStream('lifts', person.name, seed).lognormal(1, lifts.between),
      height: random.lognormal(0.7, 0.25),
    },
    force: {
      mean: clamp(random.lognormal(1.5, 0.25), 0.6, 3),
      downstroke: force.downstroke.mean + force.downstroke.between * random.normal(),
      wander: force.rest * Math.SQRT2,
      level: force.level,
    },
    // A measured path trembles by itself.
    tremor: { amplitude: 0, hertz: 9 },
    pose: {
      altitude: clamp(radians(tilt.altitude.mean + tilt.altitude.between * random.normal()), radians(35), radians(75)),
      azimuth: handedness === 'left' ? Math.PI - azimuth : azimuth,
      roll: radians(random.normal() * 35) * (handedness === 'left' ? -1 : 1),
      drift: radians(tilt.altitude.wander * AMPLITUDE),
      turnDrift: radians(tilt.azimuth.wander * AMPLITUDE),
    },
    pivot: {
      tilt: random.lognormal(tilt.pivot, tilt.pivotBetween),
      turn: random.lognormal(tilt.turnPivot, tilt.turnPivotBetween),
      roll: random.normal() * 0.002,
    },
    field: {
      heading: random.between(0, 2 * Math.PI),
      inclination: radians(66 + random.normal() * 2),
      strength: 49 + random.normal(),
    },
    pen: drawPen(own),
  }
}

/** Of a slow wave and one of 0.3 of it, over the standard deviation of both together. */
const AMPLITUDE = 1 / Math.sqrt(0.5 * (1 + 0.3 * 0.3))

/** Seconds in the air over so many mm, as people take them. */
export function liftSeconds({ lift }: Pick<PenHold, 'lift'>, mm: number, normal: number): number {
  const { distance, within, least, most } = measured.lifts
  const seconds = lift.seconds * exp(distance * Math.log1p(mm / LIFT_SCALE) + within * normal)
  return clamp(seconds, least, most)
}

/** Distances in the air count in relation to this (mm), about the width of two letters. */
export const LIFT_SCALE = 5
