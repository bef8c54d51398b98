import { useChangingCommands } from '../stores/commands.ts'
import { useViews } from '../stores/views.ts'
import { attempt } from './offer-undo.ts'

/** Offer every kept view as a command, until the window closes. */
export function offerKeptViews(): void {
  const views = useViews()
  useChangingCommands(() => views.kept.map(({ name, address }) =>
    ({ id: `view-${name}`, title: `Open the view ${name}`, run: () => void attempt(() => views.open(address)) })), 'everywhere')
}
