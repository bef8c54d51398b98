import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { randomSpecs } from '../../../scripts/digests/specs.ts'
import { ensureKernels } from '../../../scripts/kernels.ts'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { schemeKinds } from '../../../src-engine/experiment/scheme.ts'
import { kernelsFor } from '../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../src-engine/training/trainer.ts'

describe('the random specs of npm run digests', () => {
  const specs = randomSpecs(200).map(({ name, document }) => parseSpec(document, name))

  it('are the same each time and contain every scheme, task, arithmetic and device', () => {
    expect(randomSpecs(200)).toEqual(randomSpecs(200))
    const found = (of: (spec: (typeof specs)[number]) => string) => [...new Set(specs.map(of))].sort()
    expect(found(({ scheme }) => scheme.kind)).toEqual([...schemeKinds].sort())
    expect(found(({ task }) => task.kind)).toEqual(['signal', 'sinusoids'])
    expect(found(({ training }) => training.arithmetic)).toEqual(['float32', 'float64'])
    expect(found(({ device }) => device.model)).toEqual(['pcm', 'performance'])
  })

  it('mostly spike and fire pulses, so that a difference shows', async () => {
    const module = new WebAssembly.Module(readFileSync(await ensureKernels()))
    const ends = specs.map((spec) => {
      const trainer = new Trainer(spec, kernelsFor(spec, module))
      const events = Array.from({ length: trainer.totalSequences }, () => trainer.step()).flat()
      return events.filter((event) => event.kind === 'epoch').at(-1)!
    })
    const share = (of: (end: (typeof ends)[number]) => boolean) => ends.filter(of).length / ends.length
    expect(share(({ meanRateHz }) => meanRateHz > 5)).toBeGreaterThan(0.7)
    expect(share(({ ledger }) => ledger.set > 0)).toBeGreaterThan(0.5)
    expect(share(({ ledger }) => ledger.refresh > 0)).toBeGreaterThan(0.1)
  })
})
