import { writesVirtually, type Device, type DeviceProfile } from '../../shared/api/devices.ts'
import type { OpenPromptedSession } from '../../shared/api/protocols.ts'
import type { RecorderState, UsualSetup } from '../../shared/api/recordings.ts'
import { errorShape, KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import { after, guarded } from '../process/background.ts'
import type { Events } from '../process/events.ts'
import { ProtocolLibrary } from '../protocol/index.ts'
import { DEFAULT_THRESHOLDS, type LabelChecker } from '../quality/index.ts'
import { log } from '../log/index.ts'
import type { Store } from '../store/index.ts'
import type { LiveVirtualWriter } from '../simulator/source.ts'
import { Judging } from './judging.ts'
import { Progress } from './progress.ts'
import { PromptedSession } from './prompted-session.ts'
import { planned, refuseOtherPen, tryStreams, type Ready, type StartInput } from './ready.ts'
import { refuseVirtualWords } from '../writers/writer-check.ts'

/** What the recorder needs of the pens; the hub has it. */
export interface Pens {
  get(deviceId: string): Device
  profile(deviceId: string): DeviceProfile | null
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void
  writeText(deviceId: string, text: string): void
  /** Who writes with a virtual pen; null for a real one. */
  styleOf(deviceId: string): LiveVirtualWriter | null
  open(deviceId: string): Promise<Device>
  close(deviceId: string): Promise<void>
}

/** States are told at most this often: a replay may finish hundreds of words a second. */
const TELL_EVERY_MS = 30

/** The prompted session that is running, if any; there is one at a time, the same for every window. */
export class Recorder {
  readonly #store: Store
  readonly #pens: Pens
  readonly #events: Events
  readonly #leaveEvents: () => void
  readonly #library: ProtocolLibrary
  readonly #doubtOf: (modelId: number) => Promise<LabelChecker>
  #session: PromptedSession | undefined
  #leaveFrames: () => void = () => undefined
  #telling: NodeJS.Timeout | undefined

  /** `doubtOf` makes a model ready to doubt labels. */
  constructor(deps: {
    store: Store
    pens: Pens
    events: Events
    doubtOf?: (modelId: number) => Promise<LabelChecker>
  }) {
    this.#store = deps.store
    this.#library = new ProtocolLibrary(deps.store)
    this.#doubtOf = deps.doubtOf ?? noModel
    this.#pens = deps.pens
    this.#events = deps.events
    this.#leaveEvents = deps.events.on('devices.changed', (devices) => {
      const { deviceId } = this.#session?.state ?? {}
      if (deviceId !== undefined) this.#session!.deviceIs(devices.find((device) => device.id === deviceId))
    })
  }

  get state(): RecorderState | null {
    return this.#session?.state ?? null
  }

  /**
   * Lets a replay that is playing begin anew, so that its first word meets the first prompt; while a session runs,
   * nothing.
   */
  async rewind(deviceId: string): Promise<void> {
    const { kind, state } = this.#pens.get(deviceId)
    if (!this.#isFree || kind !== 'replay' || state === 'available') return
    await this.#pens.close(deviceId)
    await this.#pens.open(deviceId)
  }

  /**
   * Begins a session. One whose prompts are all done makes room for it; `conflict` while another one is running.
   * Throws `not-found` (writer, device, protocol), `conflict` (device closed, or virtual with a real writer),
   * `device-unsuitable`, `invalid-input` (a prompt).
   */
  start(input: StartInput): RecorderState {
    this.#refuseSecond()
    const writer = this.#store.writers.get(input.writerId)
    const { device, profile } = this.#open(input.deviceId)
    refuseVirtualWords(device, writer)
    if (input.modelId !== undefined) this.#store.models.get(input.modelId)
    const { plan, protocol, thresholds } = planned(input, this.#library, writer.name)
    tryStreams(plan, device, profile)
    const simulated = writesVirtually(device)
    const session = this.#store.transaction(() => {
      const pinned = protocol === null ? null : { ...protocol, version: this.#library.pin(protocol.id).version }
      const created = this.#store.sessions.create({
        writerId: writer.id,
        deviceName: device.name,
        origin: simulated ? 'simulated' : 'recorded',
        virtual: simulated || writer.virtual,
        reenacted: writer.reenacted ?? false,
        profile: this.#kept(device.id, profile),
      })
      const pen = { name: device.name, serial: device.serial ?? null, firmware: device.firmware ?? null }
      this.#store.promptedSessions.begin({
        sessionId: created.id,
        protocol: pinned,
        plan,
        segmentation: profile.segmentation,
        pen,
        surface: input.surface || null,
      })
      if (protocol !== null) protocol.version = pinned!.version
      return created
    })
    return this.#run({ session, device, profile, plan, protocol, thresholds, modelId: input.modelId })
  }

  /** How the newest session was set up; null before the first. */
  usual(): UsualSetup | null {
    const newest = this.#store.promptedSessions.newest()
    return newest && { protocolId: newest.protocol?.id ?? null, surface: newest.surface }
  }

  /** Sessions that ended before their last prompt, newest first; the running one is not among them. */
  unfinished(): OpenPromptedSession[] {
    return this.#store.promptedSessions.unfinished()
  }

  /**
   * Goes on with a session that was interrupted, at the prompt it had reached.
   * Throws `not-found`, or `conflict` where it is running or done, or where pen or calibration are others than it began
   * with.
   */
  resume({
    sessionId,
    deviceId,
    modelId,
  }: {
    sessionId: number
    deviceId: string
    modelId?: number | undefined
  }): RecorderState {
    this.#refuseSecond()
    const session = this.#store.sessions.get(sessionId)
    const promptedSession = this.#store.promptedSessions.get(sessionId)
    const { device, profile } = this.#open(deviceId)
    refuseVirtualWords(device, this.#store.writers.get(session.writerId))
    if (modelId !== undefined) this.#store.models.get(modelId)
    if (this.#store.promptedSessions.outcomes(sessionId).length >= promptedSession.plan.prompts.length) {
      throw new KalamosError(
        'conflict',
        say('record.all-prompts-session-done', { sessionId }),
        say('record.start-new-session'),
      )
    }
    refuseOtherPen(
      sessionId,
      {
        serial: promptedSession.pen.serial,
        profile: this.#store.sessions.profile(sessionId) as Partial<DeviceProfile> | null,
      },
      device,
      profile,
    )
    tryStreams(promptedSession.plan, device, profile)
    const stored =
      promptedSession.protocol === null
        ? null
        : this.#library.get(promptedSession.protocol.id, promptedSession.protocol.version)
    this.#store.promptedSessions.reopen(sessionId)
    return this.#run({
      session,
      device,
      profile,
      plan: promptedSession.plan,
      protocol: stored && { id: stored.id, version: stored.version, name: stored.name },
      thresholds: stored?.protocol.quality ?? DEFAULT_THRESHOLDS,
      modelId,
    })
  }

  /**
   * Leaves an interrupted session as it is; it is not offered again. Throws `not-found`, or `conflict` while it is
   * running.
   */
  leave(sessionId: number): void {
    if (this.#session?.id === sessionId)
      throw new KalamosError('conflict', say('record.session-running', { sessionId }), say('general.stop-first'))
    this.#store.promptedSessions.get(sessionId)
    this.#store.promptedSessions.finish(sessionId)
  }

  agree(): RecorderState {
    return this.#do((session) => session.agree())
  }

  answer(answers: Readonly<Record<string, string>>): RecorderState {
    return this.#do((session) => session.answer(answers))
  }

  note(text: string, aboutLast: boolean): RecorderState {
    return this.#do((session) => session.note(text, aboutLast))
  }

  rest(): RecorderState {
    return this.#do((session) => session.rest())
  }

  next(): RecorderState {
    return this.#do((session) => {
      // A pen that was calibrated just now is open with another profile than the session began with.
      const { sessionStep, deviceId, recordedIds } = session.state
      const profile =
        sessionStep?.kind === 'calibration' && recordedIds.length === 0 ? this.#pens.profile(deviceId) : null
      if (profile !== null) this.#store.promptedSessions.calibrated(session.id, this.#kept(deviceId, profile))
      session.next()
    })
  }

  redo(): RecorderState {
    return this.#do((session) => session.redo())
  }

  skip(): RecorderState {
    return this.#do((session) => session.skip())
  }

  /**
   * Whether recordings with this pen are being made, so that its calibration must stay. Before the first one it may
   * still change.
   */
  isBusyWith(deviceId: string): boolean {
    const state = this.state
    if (state === null || state.deviceId !== deviceId || state.phase === 'done') return false
    return !(state.sessionStep?.kind === 'calibration' && state.recordedIds.length === 0)
  }

  /** Ends the session; without one there is nothing to do. */
  stop(): void {
    const session = this.#session
    if (session === undefined) return
    this.#leaveFrames()
    this.#session = undefined
    clearTimeout(this.#telling)
    this.#telling = undefined
    try {
      session.stop()
      const { recordedIds, skipped, lostFrames } = session.state
      log('recording').info('a session has ended', {
        session: session.id,
        recordings: recordedIds.length,
        skipped: skipped.length,
        lostFrames,
      })
    } finally {
      this.#events.emit('record.changed', null)
    }
  }

  /** Ends the session and listens no longer. */
  close(): void {
    this.#leaveEvents()
    this.stop()
  }

  #open(deviceId: string): { device: Device; profile: DeviceProfile } {
    const device = this.#pens.get(deviceId)
    const profile = this.#pens.profile(deviceId)
    if (profile === null)
      throw new KalamosError(
        'conflict',
        say('record.not-open', { name: device.name }),
        say('record.open-devices-page-start'),
      )
    return { device, profile }
  }

  /** A pen's profile as it is kept with a session: that of a virtual pen says who writes with it. */
  #kept(deviceId: string, profile: DeviceProfile): DeviceProfile & { writer?: LiveVirtualWriter } {
    const hand = this.#pens.styleOf(deviceId)
    return hand === null ? profile : { ...profile, writer: hand }
  }

  #run({ session, device, profile, plan, protocol, thresholds, modelId }: Ready): RecorderState {
    try {
      this.#session = new PromptedSession({
        store: this.#store,
        session,
        device,
        profile,
        protocol,
        progress: new Progress(this.#store, session, plan),
        judging: new Judging({
          store: this.#store,
          profile,
          thresholds,
          live: device.kind === 'serial' || device.kind === 'hid',
          checker: modelId === undefined ? null : this.#doubtOf(modelId),
          noDoubts: (error) => this.#noDoubts(error),
        }),
        changed: () => this.#tellSoon(),
        recorded: () => this.#events.emit('recordings.changed', { total: this.#store.recordings.count({}) }),
        prompted: (prompt) => {
          if (device.kind === 'virtual') this.#pens.writeText(device.id, prompt)
        },
      })
    } catch (error) {
      this.#store.sessions.end(session.id)
      throw error
    }
    log('recording').info('a session has begun', {
      session: session.id,
      kind: device.kind,
      prompts: plan.prompts.length,
      protocol: protocol !== null,
    })
    this.#leaveFrames = this.#pens.frames(
      device.id,
      guarded('recording', 'frames could not be recorded', (block: FrameBlock) => this.#session?.push(block)),
    )
    return this.#session.state
  }

  #noDoubts(error: unknown): void {
    const { message, hint } = errorShape(error)
    this.#events.emit('system.notice', {
      level: 'warning',
      message: say('record.no-model-checks-words', { message }),
      hint: hint ?? null,
    })
  }

  #do(work: (session: PromptedSession) => void): RecorderState {
    if (this.#session === undefined)
      throw new KalamosError('conflict', say('record.no-session-running'), say('record.start-record-page'))
    work(this.#session)
    return this.#session.state
  }

  /** None is running, or its prompts are all done. */
  get #isFree(): boolean {
    return this.#session?.isDone ?? true
  }

  #refuseSecond(): void {
    const running = this.#session
    if (running === undefined) return
    if (this.#isFree) return this.stop()
    const { writerId, index, prompts } = running.state
    throw new KalamosError(
      'conflict',
      say('record.session-running-words', {
        name: this.#store.writers.get(writerId).name,
        index,
        prompts: prompts.length,
      }),
      say('record.stop-session-here-other'),
    )
  }

  #tellSoon(): void {
    this.#telling ??= after(TELL_EVERY_MS, 'recording', 'the state of a session could not be told', () => {
      this.#telling = undefined
      this.#events.emit('record.changed', this.state)
    })
  }
}

async function noModel(modelId: number): Promise<LabelChecker> {
  throw new KalamosError('unavailable', say('record.model-cannot-asked-here', { modelId }))
}
