import { listed } from '../../format/words.ts'
import type { DeviceDocument } from './document.ts'
import type { DeviceModel } from './model.ts'
import { pcm } from './pcm.ts'
import { performance } from './performance.ts'
import type { DeviceSettings } from './settings.ts'

/** All device models, in the order of the choice. The first is the default. */
export const deviceModels = [
  pcm,
  performance,
] as const satisfies DeviceModel[]

export type DeviceModelKind = (typeof deviceModels)[number]['kind']

/** @throws RangeError if there is no such model */
export function deviceModelOf(kind: string): DeviceModel {
  const found = deviceModels.find((model) => model.kind === kind)
  if (!found) throw new RangeError(`There is no device model "${kind}". Choose ${listed(deviceModels.map((model) => model.kind), 'or')}.`)
  return found
}

/** Parts of the devices of a spec. @throws RangeError if there is no such model */
export const documentOf = (device: DeviceSettings & { model: string }): DeviceDocument =>
  deviceModelOf(device.model).document(device)
