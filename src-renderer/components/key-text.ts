const signs: Readonly<Record<string, string>> = {
  'ArrowLeft': '←', 'ArrowRight': '→', 'ArrowUp': '↑', 'ArrowDown': '↓', 'PageUp': 'Page ↑', 'PageDown': 'Page ↓', '-': '−',
}

/** A command's key as people read it: 'Ctrl ↑' for 'Ctrl ArrowUp'. */
export const keyText = (key: string): string => key.split(' ').map((part) => signs[part] ?? part).join(' ')
