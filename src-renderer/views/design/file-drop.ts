import { onScopeDispose, ref } from 'vue'

/** Takes files that are dropped on the window, for as long as the calling component lives. Whether one is held over it. */
export function useFileDrop(take: (file: File) => void) {
  const isOver = ref(false)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = true
  }
  // Into a child of the window, not out of it.
  const leave = (event: DragEvent) => { if (event.relatedTarget === null) isOver.value = false }
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = false
    const [file] = event.dataTransfer!.files
    if (file) take(file)
  }

  const listeners = { dragover: over, dragleave: leave, drop } as const
  for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener)
  onScopeDispose(() => {
    for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener)
  })
  return isOver
}
