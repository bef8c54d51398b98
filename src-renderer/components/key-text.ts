const signs: Readonly<Record<string, string>> = {
  'ArrowLeft': '←', 'ArrowRight': '→', 'ArrowUp': '↑', 'ArrowDown': '↓', 'PageUp': 'Page ↑', 'PageDown': 'Page ↓', '-': '−',
}

/** Format a command's key for display: 'Ctrl ↑' for 'Ctrl ArrowUp'. */
export const keyText = (key: string): string => key.split(' ').map((part) => signs[part] ?? part).join(' ')
