import { program, refresh } from '../../crossbar/program.ts'
import { Stream } from '../../random/stream.ts'
import type { MakeScheme } from '../make-scheme.ts'

/**
 * Stochastic: one SET with probability |ΔW|·scale / p_scale, on the device that moves the weight in the direction of ΔW.
 * A change is this probability, with the sign of ΔW.
 */
export const stochastic: MakeScheme<'stochastic'> = (crossbar, settings, { seed, index }) => {
  const decisions = new Stream(seed, 'pulse decision', index)
  return {
    state: {},
    quantum: { of: 'pulse', weight: crossbar.smallestJump / crossbar.scale },
    fromWeight: (weight: number) => (weight * crossbar.scale) / settings.probabilityScale,
    update(changes, at) {
      for (let synapse = 0; synapse < changes.length; synapse++) {
        const change = changes.of(synapse)
        if (change === 0 || !crossbar.connected(synapse)) continue
        const fires = decisions.uniform(synapse, at.sequence) < Math.abs(change)
        if (fires) program(crossbar, synapse, change, 1, at.now)
      }
      refresh(crossbar, settings.refresh, crossbar.smallestJump, at)
    },
  }
}
