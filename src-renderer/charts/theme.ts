import { type Mode, type Palette, palettes } from '../../src-engine/charts/palette.ts'

/** Colours of a chart on the screen. */
export interface ChartTheme extends Palette {
  surface: string
  grid: string
  faintGrid: string
}

export const themes: Record<Mode, ChartTheme> = {
  light: { ...palettes.light, surface: '#ffffff', grid: '#e6e8ec', faintGrid: '#f1f2f5' },
  dark: { ...palettes.dark, surface: '#181c20', grid: '#2a3037', faintGrid: '#20252a' },
}

export const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"
