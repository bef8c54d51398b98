import { type View, viewAddress } from '../contract/views.ts'
import type { Library } from '../library/library.ts'

/** Views that the user keeps by name. */
export interface ViewService {
  /** Last changed first. Damaged ones are left out; a check of the library names them. */
  list(): Promise<View[]>
  save(view: Pick<View, 'name' | 'address'>): Promise<void>
  delete(name: string): Promise<void>
}

export const viewService = (library: Pick<Library, 'views' | 'saveView' | 'deleteView'>): ViewService => ({
  list: async () => (await library.views()).flatMap(({ name, changedAt, document }) => {
    const address = viewAddress.safeParse(document)
    return address.success ? [{ name, changedAt, address: address.data }] : []
  }),
  save: ({ name, address }) => library.saveView({ name, changedAt: new Date().toISOString(), document: address }),
  delete: (name) => library.deleteView(name),
})
