import { ElMessage } from 'element-plus'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import type { SweepInput } from '../../../src-engine/experiment/sweep.ts'
import { ablationOf, conventionsOf, whyNoAblation } from '../../../src-engine/sweep/ablation.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { isUnfinished, type RunSummary } from '../../stores/runs.ts'
import { useSweepDraft } from '../../stores/sweep-draft.ts'

export type Study = 'ablation' | 'conventions'

export const studies: readonly { study: Study; title: string; help: string; key: string }[] = [
  { study: 'ablation', title: 'Ablate…', help: 'Turn off one device non-ideality at a time, with five seeds', key: 'D' },
  { study: 'conventions', title: 'Compare conventions…', help: 'Switch one convention at a time from corrected to published, with five seeds', key: 'O' },
]

const documents: Readonly<Record<Study, (spec: Spec) => SweepInput>> = { ablation: ablationOf, conventions: conventionsOf }

export interface Studied {
  summary: RunSummary
  spec: Spec
}

/** Why a study of the run is not possible; null if it is. */
export function whyNoStudy(study: Study, run: Studied | null): string | null {
  if (run === null) return 'Select a run first.'
  if (study === 'conventions') return null
  return isUnfinished(run.summary) ? 'This run has not finished yet.' : whyNoAblation(run.spec)
}

/** Opens tournaments based on a run in the sweep builder, where they can be launched. */
export function useStudies(run: () => Studied | null) {
  const draft = useSweepDraft()
  const navigation = useNavigation()

  const open = (study: Study) => {
    const now = run()
    if (now === null || whyNoStudy(study, now) !== null) return
    draft.replace({ ...documents[study](now.spec) })
    navigation.go('design')
    navigation.designView = 'sweep'
    ElMessage.info('Undo restores the previous sweep. To restore the previous experiment, use Undo in the Form view.')
  }
  const commands = studies.map(({ study, title, help, key }): Command => ({
    id: `study-${study}`, title: `${title.replace('…', '')}: ${help.charAt(0).toLowerCase()}${help.slice(1)}`, key,
    blocked: () => whyNoStudy(study, run()), run: () => open(study),
  }))
  return { open, commands }
}
