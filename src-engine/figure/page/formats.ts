/** Formats that a page can be written in. */
export const pictureFormats = ['svg', 'pdf', 'png'] as const

export type PictureFormat = typeof pictureFormats[number]
