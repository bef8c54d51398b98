import { type Mode, okabeIto } from './colours.ts'

/** Colours of everything in a figure except the data. */
export interface ChartTheme {
  mode: Mode
  surface: string
  text: string
  quiet: string
  axis: string
  grid: string
  faintGrid: string
  accent: string
  second: string
  /** Marks of missing values. */
  warning: string
}

export const themes: Record<Mode, ChartTheme> = {
  light: {
    mode: 'light',
    surface: '#ffffff',
    text: '#1a1e24',
    quiet: '#565e69',
    axis: '#9aa1ab',
    grid: '#e6e8ec',
    faintGrid: '#f1f2f5',
    accent: okabeIto.blue,
    second: '#8a8f98',
    warning: okabeIto.vermilion,
  },
  dark: {
    mode: 'dark',
    surface: '#181c20',
    text: '#e2e6ea',
    quiet: '#a7afb8',
    axis: '#5b646e',
    grid: '#2a3037',
    faintGrid: '#20252a',
    accent: '#4aa6de',
    second: '#8b949e',
    warning: '#e8722a',
  },
}

export const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"
