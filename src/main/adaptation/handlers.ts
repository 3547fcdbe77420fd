import type { Handlers } from '../../shared/api.ts'
import type { Adapting } from './adapting.ts'

/** Adaptation and the choice of models, as the entry points ask for them. */
export function adaptationHandlers({ adapting }: { adapting: Adapting }) {
  return {
    'adapt.preview': (order) => adapting.preview(order),
    'adapt.doubtfulLabels': ({ writerId, modelId }) => adapting.doubtfulLabels(writerId, modelId),
    'adapt.style': ({ writerId, modelId }) => adapting.style(writerId, modelId),
    'adapt.enrolment': (input) => adapting.enrolment(input),
    'adapt.start': (order) => adapting.start(order),
    'adapt.cancel': ({ id }) => adapting.cancel(id),
    'adapt.resume': ({ id }) => adapting.resume(id),
    'adapt.list': ({ writerId }) => adapting.list(writerId),
    'adapt.keep': ({ id }) => adapting.keep(id),
    'adapt.discard': ({ id }) => adapting.discard(id),
    'adapt.restore': ({ id }) => adapting.restore(id),
    'adapt.deactivate': ({ writerId }) => adapting.deactivate(writerId),
    'adapt.delete'({ id }) {
      adapting.delete(id)
      return {}
    },
    'adapt.export': ({ id, path }) => adapting.export(id, path),
    'adapt.compare': (input) => adapting.compare(input),
    'adapt.modelFor': ({ writerId, deviceId }) => adapting.modelFor(writerId, deviceId),
    'adapt.choose': ({ writerId, modelId }) => adapting.choose(writerId, modelId),
    'adapt.choices': () => adapting.choices(),
  } satisfies Partial<Handlers>
}
