/** Files of the fonts of pages, in the folder of the fonts. */
export const fonts = { regular: 'Arimo-Regular.ttf', bold: 'Arimo-Bold.ttf' }
