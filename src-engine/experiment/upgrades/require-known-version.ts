import type * as z from 'zod'
import { upgradeDocument } from './upgrade.ts'
import { upgrades } from './upgrades.ts'

/** Refuses a document that holds a spec of a newer version than this program knows. */
export function requireKnownVersion({ spec }: { spec: Readonly<Record<string, unknown>> }, context: z.RefinementCtx): void {
  const current = upgradeDocument(spec, upgrades)
  if (current.ok) return
  for (const { path, rule } of current.problems) context.addIssue({ code: 'custom', message: rule, path: ['spec', path] })
}
