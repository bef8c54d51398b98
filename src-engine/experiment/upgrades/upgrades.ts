import type { Upgrade } from './upgrade.ts'

/**
 * The nth step, counted from 1, turns a spec of version n into one of version n + 1. Never edit or reorder a released step.
 *
 * Add a step only if a spec that was valid before would be refused, or would mean something else. A new setting with a default, a new
 * kind or a wider range needs none. A step is a file of its own, `0001-what-changes.ts`, with golden documents in
 * `test/fixtures/specs/<version>/`. CONTRIBUTING lists all that it touches.
 */
export const upgrades: readonly Upgrade[] = []

/** Version of the specs that this program writes. */
export const SPEC_VERSION = upgrades.length + 1

/** The empty document of the current version, which code fills with current settings. Without its version it would be upgraded. */
export const emptySpec = { version: SPEC_VERSION } as const
