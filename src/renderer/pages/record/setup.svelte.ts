import type { ModelChoice } from '../../../shared/api/adaptation.ts'
import { writesVirtually } from '../../../shared/api/devices.ts'
import type { Devices } from '../../state/devices.svelte.ts'
import { isOpen } from '../../state/devices.svelte.ts'
import type { Protocols } from '../../state/protocols.svelte.ts'
import type { Recorder } from '../../state/recorder.svelte.ts'
import type { Writers } from '../../state/writers.svelte.ts'
import { t } from '../../text/index.ts'
import { usualLabelChecker } from './label-check.ts'
import { promptsOf, shuffled } from './prompts.ts'

export type Source = 'protocol' | 'list' | 'own'

/**
 * What a session is to be: filled in on the Record page before it starts. What nobody chose is as it was the last time.
 */
export class Setup {
  readonly #devices: Devices
  readonly #writers: Writers
  readonly #recorder: Recorder
  readonly #protocols: Protocols
  #pickedDevice = $state<string | null>(null)
  #pickedWriter = $state<number | null>(null)
  #pickedList = $state<string | null>(null)
  /** The model that doubts labels: null for nobody, undefined while none was chosen. */
  #pickedModel = $state<number | null>()
  /** Which model reads the writer with this pen; null until that is known. */
  reads = $state.raw<ModelChoice | null>(null)
  #pickedSource = $state<Source>()
  #pickedProtocol = $state<string>()
  #saidSurface = $state<string>()
  own = $state('')
  count = $state<number | null>(20)
  shuffle = $state(true)
  advance = $state<'pause' | 'key'>('pause')

  constructor({
    devices,
    writers,
    recorder,
    protocols,
  }: {
    devices: Devices
    writers: Writers
    recorder: Recorder
    protocols: Protocols
  }) {
    this.#devices = devices
    this.#writers = writers
    this.#recorder = recorder
    this.#protocols = protocols
  }

  /**
   * By a protocol where the newest session ran by one that is still there; nobody is asked for consent by the others.
   */
  get source(): Source {
    return this.#pickedSource ?? (this.protocolId === null ? 'list' : 'protocol')
  }

  set source(source: Source) {
    this.#pickedSource = source
  }

  get protocolId(): string | null {
    const id = this.#pickedProtocol ?? this.#recorder.usual?.protocolId
    return this.#protocols.all.some((protocol) => protocol.id === id) ? id! : null
  }

  /** What is written on; empty where nobody says. */
  get surface(): string {
    return this.#saidSurface ?? this.#recorder.usual?.surface ?? ''
  }

  set surface(surface: string) {
    this.#saidSurface = surface
  }

  /** The device chosen, else the one that is open: most people have one. */
  get device() {
    return this.#devices.byId(this.#pickedDevice) ?? this.#devices.open[0]
  }

  /** Whether the pen is a simulation, whose words are those of virtual writers alone. */
  get virtual(): boolean {
    return this.device !== undefined && writesVirtually(this.device)
  }

  /** Who was chosen, else who wrote last; nobody whose words this pen cannot write. */
  get writer() {
    const id = this.#pickedWriter ?? this.#recorder.lastWriterId
    return this.#writers.all.find((writer) => writer.id === id && (writer.virtual || !this.virtual))
  }

  get list() {
    return this.#recorder.lists.find((list) => list.id === this.#pickedList) ?? this.#recorder.lists[0]
  }

  /** Whose doubts about labels count; null for nobody's. */
  get modelId(): number | null {
    if (this.#pickedModel !== undefined) return this.#pickedModel
    return this.reads === null ? null : (usualLabelChecker(this.reads, this.device?.kind)?.id ?? null)
  }

  /** The prompts there are to choose from. */
  get available(): readonly string[] {
    return this.source === 'own' ? promptsOf(this.own) : (this.list?.prompts ?? [])
  }

  get promptCount(): number {
    if (this.source === 'protocol') return 0
    const all = this.available.length
    return this.source === 'own' ? all : Math.max(0, Math.min(all, this.count ?? all))
  }

  /** What is still to be done before the session can start; null when nothing is. */
  get missing(): string | null {
    if (this.device === undefined) return t.record.missing.device
    if (this.writer === undefined) return this.virtual ? t.record.missing.virtualWriter : t.record.missing.writer
    if (this.source === 'protocol') return this.protocolId === null ? t.record.missing.protocol : null
    return this.promptCount === 0 ? t.record.missing.words : null
  }

  /** Takes over words that were chosen elsewhere for a writer, such as those of an enrolment. */
  take(writerId: number, prompts: readonly string[]): void {
    this.#pickedWriter = writerId
    this.source = 'own'
    this.own = prompts.join('\n')
  }

  chooseDevice(id: string): void {
    this.#pickedDevice = id
  }

  chooseWriter(id: number): void {
    this.#pickedWriter = id
    // A model that was chosen for one writer may be their own version; nobody is nobody for all.
    if (this.#pickedModel !== null) this.#pickedModel = undefined
  }

  chooseProtocol(id: string): void {
    this.#pickedProtocol = id
  }

  chooseModel(id: number | null): void {
    this.#pickedModel = id
  }

  chooseList(id: string): void {
    this.#pickedList = id
  }

  /** Opens the device where need be and starts the session. */
  async start(): Promise<void> {
    const [device, writer] = [this.device, this.writer]
    if (device === undefined || writer === undefined) return
    if (!isOpen(device)) await this.#devices.connect(device.id)
    const surface = this.surface.trim()
    const place = {
      deviceId: device.id,
      writerId: writer.id,
      ...(surface === '' ? {} : { surface }),
      ...(this.modelId === null ? {} : { modelId: this.modelId }),
    }
    if (this.source === 'protocol' && this.protocolId !== null)
      return this.#recorder.start({ ...place, protocolId: this.protocolId })
    const prompts = (this.shuffle ? shuffled(this.available) : [...this.available]).slice(0, this.promptCount)
    await this.#recorder.start({ ...place, prompts, advance: this.advance })
  }
}
