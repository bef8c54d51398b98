import { type SpecDocument, type Upgrade, upgradeChange, upgradeChanges, upgradeKnown, versionOf } from './upgrade.ts'

type Axis = { path: string } & ({ kind: 'list'; values: unknown[] } | { kind: 'range' | 'sample'; from: number; to: number })

/** The parts of a sweep that belong to a spec. The version of its spec is that of all of them. */
interface Varied {
  spec: SpecDocument
  variants: { changes: SpecDocument }[]
  axes: Axis[]
}

/** A sweep of a known version whose spec, variants and axes are those of the newest. */
export function upgradeSweep<Sweep extends Varied>(sweep: Sweep, steps: readonly Upgrade[]): Sweep {
  const version = versionOf(sweep.spec) as number
  return {
    ...sweep,
    spec: upgradeKnown(sweep.spec, steps),
    variants: sweep.variants.map((variant) => ({ ...variant, changes: upgradeChanges(variant.changes, version, steps) })),
    axes: sweep.axes.map((axis) => upgradeAxis(axis, version, steps)),
  }
}

/** An axis varies one parameter, so the first value that a step makes of it is the one that goes on being varied. */
function upgradeAxis(axis: Axis, version: number, steps: readonly Upgrade[]): Axis {
  const renewed = (value: unknown) => upgradeChange(axis.path, value, version, steps)[0] ?? [axis.path, value]
  if (axis.kind !== 'list') {
    const [[path, from], [, to]] = [renewed(axis.from), renewed(axis.to)]
    return { ...axis, path, from: from as number, to: to as number }
  }
  const values = axis.values.map(renewed)
  return { ...axis, path: values[0]![0], values: values.map(([, value]) => value) }
}
