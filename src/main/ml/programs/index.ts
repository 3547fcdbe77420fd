import { crossModal, type CrossModalConfig } from '../cross/program.ts'
import { textContrastive, type TextContrastiveConfig } from '../cross/text-program.ts'
import { registerProgram } from '../../compute/engine/registry.ts'
import type { ImageConfig } from '../image/config.ts'
import { imageRecogniser } from '../image/program.ts'
import { alignedRecogniser, type AlignedConfig } from './aligned.ts'
import { recogniser, type RecogniserConfig } from './recogniser.ts'

/** Makes all programs known by name, in whatever thread loads this. */
registerProgram('recogniser', (config) => recogniser(config as RecogniserConfig))
registerProgram('aligned-recogniser', (config) => alignedRecogniser(config as AlignedConfig))
registerProgram('image-recogniser', (config) => imageRecogniser(config as { model: ImageConfig }))
registerProgram('cross-modal', (config) => crossModal(config as CrossModalConfig))
registerProgram('text-contrastive', (config) => textContrastive(config as TextContrastiveConfig))
