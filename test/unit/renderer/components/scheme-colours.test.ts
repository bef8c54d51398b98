import { expect, test } from 'vitest'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import { provideSchemeColours } from '../../../../src-renderer/components/scheme-colours.ts'

test('every scheme has its colour as a style of both themes', () => {
  const styles = new Map<string, string>()
  const style = { setProperty: (name: string, value: string) => styles.set(name, value) }
  provideSchemeColours({ style } as unknown as HTMLElement)
  expect([...styles.keys()]).toEqual(schemeKinds.map((kind) => `--scheme-${kind}`))
  expect(styles.get('--scheme-fp32')).toBe('light-dark(#000000, #ffffff)')
})
