/**
 * The experiments by name, in the order of the page that tells of them. Naming one loads none of them, nor
 * TensorFlow.js.
 */
export const EXPERIMENT_NAMES = ['synthetic', 'letters', 'words', 'adaptation', 'onhw', 'roll'] as const
export type ExperimentName = (typeof EXPERIMENT_NAMES)[number]
