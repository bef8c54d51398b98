import { oneOf } from '../../src-engine/experiment/problem.ts'
import { VIEW_SCHEME } from '../bridge/bridge.ts'
import { type Screen, screens } from './navigation.ts'

/** What a screen shows, in words that fit into an address. Parts that an address leaves out stay as they are. */
export interface Place {
  screen: Screen
  parts: Readonly<Record<string, string>>
}

/** `chalcogen:library?filter=mse<0.05&shelf=archive`, escaped as in any URL. */
export function addressOf({ screen, parts }: Place): string {
  const query = new URLSearchParams(parts).toString().replaceAll('%2C', ',')
  return `${VIEW_SCHEME}${screen}${query === '' ? '' : `?${query}`}`
}

/** @throws Error with a text for the user, if it is not an address of a screen */
export function placeIn(address: string): Place {
  const text = address.trim()
  if (!text.startsWith(VIEW_SCHEME)) throw new Error(`An address starts with ${VIEW_SCHEME}, such as ${VIEW_SCHEME}library.`)
  // Pages of the window have the same scheme, so Chromium would take the screen for a host.
  const [, name = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(text.slice(VIEW_SCHEME.length))!
  const screen = screens.find((one) => one === name)
  if (screen === undefined) throw new Error(`There is no screen '${name}'. An address names ${oneOf(screens)}.`)
  return { screen, parts: Object.fromEntries(new URLSearchParams(query)) }
}
