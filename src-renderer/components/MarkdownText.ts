import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { defineComponent, h, type VNodeChild } from 'vue'

/** An address of this application, which a click opens. */
const isAddress = (href: string) => href.startsWith('chalcogen:')
/** An address in a sentence ends before its punctuation. */
const ADDRESS = /(chalcogen:[^\s<>"']*[^\s<>"'.,;:!?)])/

type Follow = (address: string) => void

/**
 * Markdown as elements. HTML stays the text that was typed, nothing is loaded, and an image is its description. A link to an address of
 * this application emits `follow`. Any other link is its text and where it leads, since a note may come from anybody.
 */
export default defineComponent({
  name: 'MarkdownText',
  props: { text: { type: String, required: true } },
  emits: { follow: (address: string) => address !== '' },
  setup: (props, { emit }) => () =>
    h('div', { class: 'markdown' }, blocks(lexer(props.text, { gfm: true }), (address) => { emit('follow', address) })),
})

const blocks = (tokens: readonly Token[], follow: Follow): VNodeChild[] =>
  tokens.map((token) => nodeOf(token as MarkedToken, follow))

function nodeOf(token: MarkedToken, follow: Follow): VNodeChild {
  const inside = () => blocks('tokens' in token ? token.tokens ?? [] : [], follow)
  switch (token.type) {
    case 'space': case 'def': return null
    case 'br': return h('br')
    case 'hr': return h('hr')
    // Under the headings of the inspector.
    case 'heading': return h(token.depth === 1 ? 'h4' : 'h5', inside())
    case 'paragraph': return h('p', inside())
    case 'blockquote': return h('blockquote', inside())
    case 'strong': case 'em': case 'del': return h(token.type, inside())
    case 'codespan': return h('code', token.text)
    case 'code': return h('pre', h('code', token.text))
    case 'list': return listOf(token, follow)
    case 'table': return tableOf(token, follow)
    case 'link': return linkOf(token, inside(), follow)
    case 'image': return token.text
    case 'text': return 'tokens' in token && token.tokens ? inside() : textOf(token.text, follow)
    case 'escape': return token.text
    case 'checkbox': return token.checked ? '☑ ' : '☐ '
    default: return token.raw
  }
}

const listOf = ({ ordered, start, items }: Tokens.List, follow: Follow) =>
  h(ordered ? 'ol' : 'ul', ordered && start !== '' ? { start } : {}, items.map((item) => h('li', blocks(item.tokens, follow))))

function tableOf({ header, rows }: Tokens.Table, follow: Follow) {
  const row = (cells: readonly Tokens.TableCell[], name: 'th' | 'td') =>
    h('tr', cells.map(({ tokens, align }) => h(name, { align: align ?? undefined }, blocks(tokens, follow))))
  return h('table', [h('thead', row(header, 'th')), h('tbody', rows.map((cells) => row(cells, 'td')))])
}

function linkOf({ href, text }: Tokens.Link, inside: VNodeChild[], follow: Follow) {
  if (isAddress(href)) return addressLink(href, inside, follow)
  return text === href ? text : h('span', [...inside, h('span', { class: 'quiet' }, ` (${href})`)])
}

const addressLink = (address: string, inside: VNodeChild[], follow: Follow) =>
  h('button', { 'type': 'button', 'class': 'link', 'title': address, 'data-test': 'note-link', 'onClick': () => follow(address) }, inside)

/** Addresses of this application are links also without Markdown. */
const textOf = (text: string, follow: Follow): VNodeChild[] =>
  text.split(ADDRESS).map((part) => (isAddress(part) ? addressLink(part, [part], follow) : part))
