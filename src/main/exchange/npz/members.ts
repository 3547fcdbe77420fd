/** Texts with an element a recording; empty where nothing is known. */
export const FIELD_TEXTS = [
  'id',
  'writer',
  'handedness',
  'label',
  'state',
  'session',
  'device',
  'session_origin',
  'tag',
  'verdict',
  'reasons',
  'prompt',
  'notes',
  'protocol',
  'protocol_name',
  'pen_name',
  'pen_serial',
  'pen_firmware',
  'surface',
] as const

/** Whether it is a simulation, and whether that follows the path of a person's pen. */
export const FIELD_FLAGS = ['virtual', 'reenacted'] as const

/** Numbers with an element a recording; NaN where none is known. */
export const FIELD_NUMBERS = [
  'rate_hz',
  'started_at',
  'session_started_at',
  'session_ended_at',
  'protocol_version',
] as const

/** Long texts that recordings share: each recording has a number, and another array the text that it stands for. */
export const SHARED_TEXTS = {
  session_profile: 'profiles',
  answers: 'answer_texts',
  session_notes: 'session_note_texts',
  consents: 'consent_texts',
} as const
