import { onScopeDispose, ref } from 'vue'

/** Handle files dropped on the window while the calling component is mounted. Returns whether a file is being dragged over it. */
export function useFileDrop(take: (file: File) => void) {
  const isOver = ref(false)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = true
  }
  // With a related target, the pointer only moved between elements inside the window.
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
