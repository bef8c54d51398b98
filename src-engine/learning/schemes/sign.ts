import { program, refresh } from '../../crossbar/program.ts'
import { stopThresholdOf } from '../../experiment/layers.ts'
import type { MakeScheme } from '../make-scheme.ts'

/**
 * Sign: one SET against the gradient for every synapse with |gradient| above the stop-learning threshold θ of its layer.
 * It uses no learning rate, so a change is −gradient.
 */
export const sign: MakeScheme<'sign'> = (crossbar, settings, { name }) => {
  const threshold = stopThresholdOf(settings, name)
  return {
    state: {},
    quantum: { of: 'pulse', weight: crossbar.smallestJump / crossbar.scale },
    update(changes, at) {
      for (let synapse = 0; synapse < changes.length; synapse++) {
        if (!crossbar.connected(synapse)) continue
        const change = changes.of(synapse)
        if (Math.abs(change) > threshold) program(crossbar, synapse, change, 1, at.now)
      }
      refresh(crossbar, settings.refresh, crossbar.smallestJump, at)
    },
  }
}
