import { readPresets } from '../app/presets.ts'
import { DONE } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { resourcesDir } from './surroundings.ts'

export async function presets(output: Output): Promise<number> {
  const found = await readPresets(resourcesDir)
  output.result(found, table([['Preset', 'Title'], ...found.map(({ id, title }) => [id, title])]))
  return DONE
}
