import { program, refresh, type UpdateTime } from '../../crossbar/program.ts'
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
    update(changes: Float64Array, at: UpdateTime): void {
      for (let synapse = 0; synapse < changes.length; synapse++) {
        if (changes[synapse] === 0 || !crossbar.connected(synapse)) continue
        const fires = decisions.uniform(synapse, at.sequence) < Math.abs(changes[synapse])
        if (fires) program(crossbar, synapse, changes[synapse], 1, at.now)
      }
      refresh(crossbar, settings.refresh, crossbar.smallestJump, at)
    },
  }
}
