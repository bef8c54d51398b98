import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinedName, labelOf } from '../../../../src-engine/sweep/label.ts'

test('says the bits of performance mode with it, and only once', () => {
  const performance = { path: 'device.model', value: 'performance' }
  expect(labelOf([performance])).toBe('Device model Performance mode, 3 bits')
  expect(labelOf([performance], { device: { bits: 7 } })).toBe('Device model Performance mode, 7 bits')
  expect(labelOf([performance, { path: 'device.bits', value: 1 }])).toBe('Device model Performance mode · Bits 1')
  expect(labelOf([{ path: 'device.model', value: 'pcm' }])).toBe('Device model PCM model')
})

test('joins a name and a label', () => {
  expect([joinedName('Rates', 'Rate 0.5', 20), joinedName('', 'Rate 0.5', 20)]).toEqual(['Rates · Rate 0.5', 'Rate 0.5'])
})

test('drops the first words of the name, then the last parts of the label', () => {
  expect(joinedName('A sweep of rates', 'Rate 0.5', 22)).toBe('… of rates · Rate 0.5')
  expect(joinedName('A sweep of rates', 'Rate 0.5 · Decay 0.25', 21)).toBe('Rate 0.5 · Decay 0.25')
  expect(joinedName('A sweep of rates', 'Rate 0.5 · Decay 0.25', 20)).toBe('Rate 0.5 · …')
})

test('never cuts a number', () => {
  const number = fc.stringMatching(/^[1-9]\d{0,5}$/)
  const words = fc.array(fc.oneof(number, fc.constant('rate')), { maxLength: 40 })
  fc.assert(fc.property(words, fc.array(number, { minLength: 1, maxLength: 40 }), (name, values) => {
    const joined = joinedName(name.join(' '), values.map((value) => `rate ${value}`).join(' · '), 100)
    expect(joined.length).toBeLessThanOrEqual(100)
    for (const found of joined.match(/\d+/g) ?? []) expect([...name, ...values]).toContain(found)
  }))
})
