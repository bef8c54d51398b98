import type { Colour } from './figure.ts'

/** Each from 0 to 255. */
export type Channels = readonly [red: number, green: number, blue: number]

export function channelsOf(colour: Colour): Channels {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** A colour between two others. @param share 0 for the first, 1 for the second */
export function mixed(from: Colour, to: Colour, share: number): Colour {
  const end = channelsOf(to)
  return `#${channelsOf(from).map((channel, index) => hex(Math.round(channel + share * (end[index]! - channel)))).join('')}`
}

const hex = (channel: number) => channel.toString(16).padStart(2, '0')
