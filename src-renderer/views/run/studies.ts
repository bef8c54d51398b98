import { ElMessage } from 'element-plus'
import type { Spec } from '../../../src-engine/spec/spec.ts'
import type { SweepInput } from '../../../src-engine/spec/sweep.ts'
import { ablationOf, conventionsOf, whyNoAblation } from '../../../src-engine/sweep/ablation.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { isUnfinished, type RunSummary } from '../../stores/runs.ts'
import { useSweepDraft } from '../../stores/sweep-draft.ts'

export type Study = 'ablation' | 'conventions'

export const studies: readonly { study: Study; title: string; help: string; key: string }[] = [
  { study: 'ablation', title: 'Ablate…', help: 'Each non-ideality of the devices off by itself, five seeds', key: 'D' },
  { study: 'conventions', title: 'Compare conventions…', help: 'Published against corrected, switch by switch, five seeds', key: 'O' },
]

const documents: Readonly<Record<Study, (spec: Spec) => SweepInput>> = { ablation: ablationOf, conventions: conventionsOf }

export interface Studied {
  summary: RunSummary
  spec: Spec
}

/** Why a run cannot be studied in this way; null where it can. */
export function whyNoStudy(study: Study, run: Studied | null): string | null {
  if (run === null) return 'Choose a run'
  if (study === 'conventions') return null
  return isUnfinished(run.summary) ? 'It has not ended yet' : whyNoAblation(run.spec)
}

/** Opens tournaments that start from a run in the sweep builder, from where they are launched. */
export function useStudies(run: () => Studied | null) {
  const draft = useSweepDraft()
  const navigation = useNavigation()

  const open = (study: Study) => {
    const now = run()
    if (now === null || whyNoStudy(study, now) !== null) return
    draft.replace({ ...documents[study](now.spec) })
    navigation.go('design')
    navigation.designView = 'sweep'
    ElMessage.info('Undo brings back the sweep that was here, under Form the experiment.')
  }
  const commands = studies.map(({ study, title, help, key }): Command => ({
    id: `study-${study}`, title: `${title.replace('…', '')}: ${help.charAt(0).toLowerCase()}${help.slice(1)}`, key,
    blocked: () => whyNoStudy(study, run()), run: () => open(study),
  }))
  return { open, commands }
}
