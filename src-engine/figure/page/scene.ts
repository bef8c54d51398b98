import type { Colour } from '../figure.ts'

/** A page as shapes, from which files of any format are written. Lengths are in points (1/72 inch), from the upper left corner. */
export interface Scene {
  width: number
  height: number
  shapes: readonly Shape[]
}

export type Point = readonly [x: number, y: number]

export type Shape = Polylines | Disc | Words | Image

/** Connected points. With a fill, each list is a closed outline. */
export interface Polylines {
  kind: 'polylines'
  lines: readonly (readonly Point[])[]
  stroke?: Stroke
  fill?: Colour
  /** 0 to 1; 1 if absent. */
  opacity?: number
}

export interface Disc {
  kind: 'disc'
  centre: Point
  radius: number
  stroke?: Stroke
  fill: Colour
  opacity?: number
}

export interface Stroke {
  colour: Colour
  width: number
  /** Lengths of dashes and gaps. */
  dash?: readonly number[]
}

/** One line of text on its baseline. */
export interface Words {
  kind: 'words'
  text: string
  at: Point
  size: number
  isBold: boolean
  colour: Colour
  anchor: 'start' | 'middle' | 'end'
  /** Whether it is read from below to above. */
  isTurned: boolean
}

/** Rectangular pixels without blur between them. */
export interface Image {
  kind: 'image'
  box: Box
  columns: number
  /** [rows][columns], the first row on top: indices into the palette. */
  pixels: Uint8Array
  /** At most 256 colours. */
  palette: readonly Colour[]
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}
