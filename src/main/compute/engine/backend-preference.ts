import type { BackendName } from '../backend.ts'

/** What a person may ask for in the settings; `wasm` means this project's kernels. */
export type BackendPreference = 'auto' | 'wasm' | 'webgpu' | 'cuda' | 'cpu'

const NAMES: Record<BackendPreference, BackendName | 'auto'> = {
  auto: 'auto',
  wasm: 'kernels',
  webgpu: 'webgpu',
  cuda: 'tensorflow',
  cpu: 'cpu',
}

/** The backend that a setting asks for. */
export function backendOf(wish: BackendPreference): BackendName | 'auto' {
  return NAMES[wish]
}

/** The setting that asks for a backend by its name; `auto` for one that no setting asks for. */
export function backendPreferenceOf(name: string): BackendPreference {
  return (Object.keys(NAMES) as BackendPreference[]).find((wish) => NAMES[wish] === name) ?? 'auto'
}
