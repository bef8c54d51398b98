import { describe, expect, it } from 'vitest'
import { complete } from '../../../../src-engine/query/complete.ts'
import { nameOf, queryNames } from '../../../../src-engine/query/names.ts'
import { parseQuery } from '../../../../src-engine/query/parse.ts'
import { unitOf, unitsLike } from '../../../../src-engine/query/units.ts'

const held: Readonly<Record<string, string[]>> = { tag: ['paper', 'my tag', 'draft'], seed: ['1', '42'], name: ['First "try"'] }
const offered = (query: string, cursor = query.length) => {
  const { from, to, suggestions } = complete(query, cursor, ({ name }) => held[name] ?? [])
  return { replaced: query.slice(from, to), first: suggestions.slice(0, 4).map(({ text }) => text) }
}

describe('completion of', () => {
  it.each([
    ['', '', ['not', 'name', 'run', 'status']],
    ['sta', 'sta', ['status', 'starred', 'started']],
    ['learning rate', 'rate', ['rate', 'rate.mean5', 'rate.epoch100', 'task.inputRate']],
    ['loss.', 'loss.', ['loss.last', 'loss.best', 'loss.mean5', 'loss.epoch100']],
    ['fp32 loss.mea', 'loss.mea', ['loss.mean5']],
    ['LOSS.EPOCH7', 'LOSS.EPOCH7', ['loss.epoch7']],
    ['loss.epoch7 ', '', ['=', '!=', '<', '<=']],
    ['rate.mean7 > 10 ', '', ['Hz', 'mHz', 'kHz', 'MHz']],
    ['seed ', '', ['=', '!=', '<', '<=']],
    ['seed <', '', ['1', '42']],
    ['scheme =', '', ['fp32', 'accumulator', 'sign', 'stochastic']],
    ['fp32 scheme = mi', 'mi', ['mixed-precision']],
    ['(status:', '', ['queued', 'running', 'paused', 'done']],
    ['status = finis', 'finis', ['done']],
    ['starred = f', 'f', ['false']],
    ['tag:', '', ['paper', '"my tag"', 'draft']],
    ['tag:"my', '"my', ['"my tag"']],
    ['name:fir', 'fir', ['"First \\"try\\""']],
    ['duration > 60 ', '', ['s', 'ns', 'µs', 'ms']],
    ['duration > 60 mi', 'mi', ['min']],
    ['scheme = fp32 ', '', ['and', 'or', 'not', 'name']],
    ['scheme = fp32 an', 'an', ['and']],
    ['"fir', '', []],
    ['"fir tag:', '', []],
    ['learning.rateInput >= 1e-4 tag:pa', 'pa', ['paper']],
    ['note:"a b" tag:', '', ['paper', '"my tag"', 'draft']],
  ])('%j', (query, replaced, first) => {
    const found = offered(query)
    expect([found.replaced, found.first.slice(0, first.length)]).toEqual([replaced, first])
  })

  it('a word in the middle replaces the whole word', () => {
    expect(offered('seeed = 4', 2)).toMatchObject({ replaced: 'seeed', first: ['seed', 'sets', 'preset', 'resets'] })
  })
})

describe('the names', () => {
  it('are distinct in any case, with their aliases, and are no units or words of the language', () => {
    const all = queryNames().flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase())
    expect(new Set(all).size).toBe(all.length)
    expect(all.filter((name) => ['and', 'or', 'not'].includes(name))).toEqual([])
    // Only after a number, and not before an operator.
    expect(queryNames().filter(({ name }) => unitOf(name) !== null).map(({ name }) => name)).toEqual(['epochs'])
  })

  it('have units that are known, so that other units of the same quantity can be used', () => {
    for (const { name, unit, kind } of queryNames()) if (unit !== null && kind === 'number') expect(unitsLike(unit), name).toContain(unit)
  })

  it('are found by their path in the spec', () => {
    expect(['scheme.kind', 'Learning.RateInput', 'training.epochs'].map((text) => nameOf(text)?.name)).toEqual(['scheme', 'learning.rateInput', 'epochs'])
  })
})

describe('a query', () => {
  it.each([
    ['duration = 1.1 min', 66], ['task.dt = 0.0007 s', 0.7], ['rate = 0.012 kHz', 12], ['device.scale = 5uS', 5], ['device.scale = 300 nS', 0.3],
    ['loss = 90 %', 0.9], ['duration = 1.5 h', 5400], ['duration = 2 d', 172_800], ['reads = 12\u202f345', 12345], ['mse = −3', -3],
    ['training.giveUpAfter = 5 epochs', 5],
  ])('%s has the value %d in the unit of the name', (query, number) => {
    expect(parseQuery(query)).toMatchObject({ ok: true, query: { kind: 'comparison', value: { number } } })
  })

  it('has the places of its conditions', () => {
    const text = '  seed = 42 (fp32 or not tag:"a b")'
    const parsed = parseQuery(text)
    const places: string[] = []
    JSON.stringify(parsed, (_, node: unknown) => {
      const { from, length } = (node ?? {}) as { from?: number; length?: number }
      if (from !== undefined && length !== undefined) places.push(text.slice(from, from + length))
      return node
    })
    expect(places).toEqual(['seed = 42 (fp32 or not tag:"a b"', 'seed = 42', 'fp32 or not tag:"a b"', 'fp32', 'not tag:"a b"', 'tag:"a b"'])
  })

  it('is refused if it is deeper or longer than a person would type', () => {
    for (const query of ['('.repeat(500), 'not '.repeat(500), 'a '.repeat(300), 'a'.repeat(20_000)]) expect(parseQuery(query)).toMatchObject({ ok: false })
  })
})
