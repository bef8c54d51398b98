import type { EventName, EventPayload } from '../contract/contract.ts'

export interface AppEvents {
  /** Call `listener` for every event of that name until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

export interface EventHub extends AppEvents {
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
}

export function createEventHub(): EventHub {
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  return {
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => known.delete(listener)
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) callSafely(listener, payload)
    },
  }
}

/** Call a listener. Its errors are logged, because they must not affect the run that sent the event. */
function callSafely(listener: (payload: never) => void, payload: unknown): void {
  try {
    listener(payload as never)
  } catch (error) {
    console.error(error)
  }
}
