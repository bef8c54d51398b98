import { schemeColour, schemeKinds } from '../../src-engine/experiment/scheme.ts'

/** Gives the styles of all screens the colour of every scheme: `var(--scheme-mixed-precision)`. */
export function provideSchemeColours({ style }: HTMLElement): void {
  for (const kind of schemeKinds) {
    style.setProperty(`--scheme-${kind}`, `light-dark(${schemeColour(kind, 'light')}, ${schemeColour(kind, 'dark')})`)
  }
}

/** Colour of the dot before the title of a scheme. */
export const schemeDot = (kind: string) => `var(--scheme-${kind}, var(--text-quiet))`
