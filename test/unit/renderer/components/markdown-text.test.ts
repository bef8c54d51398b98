import { expect, it, vi } from 'vitest'
import { h, isVNode, type VNode, type VNodeArrayChildren } from 'vue'
import MarkdownText from '../../../../src-renderer/components/MarkdownText.ts'

const follow = vi.fn()

/** What the component renders, without a page. */
function rendered(text: string): VNode {
  type Setup = (props: { text: string }, context: { emit: (name: string, address: string) => void }) => () => VNode
  const setup = MarkdownText.setup as unknown as Setup
  return setup({ text }, { emit: (_, address) => follow(address) })()
}

/** Elements as HTML with their attributes; texts with < as &lt;. */
function htmlOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(htmlOf).join('')
  if (!isVNode(node)) return node === null || node === undefined ? '' : String(node).replaceAll('<', '&lt;')
  const attributes = Object.entries(node.props ?? {}).filter(([name, value]) => ['start', 'align', 'title'].includes(name) && value !== undefined)
    .map(([name, value]) => ` ${name}="${String(value)}"`).join('')
  return `<${String(node.type)}${attributes}>${htmlOf(node.children as VNodeArrayChildren)}</${String(node.type)}>`
}
const inside = (text: string) => htmlOf(rendered(text).children)

it.each([
  ['plain *words* and **more**', '<p>plain <em>words</em> and <strong>more</strong></p>'],
  ['# One\n## Two', '<h4>One</h4><h5>Two</h5>'],
  ['- a\n- b `c < d`', '<ul><li>a</li><li>b <code>c &lt; d</code></li></ul>'],
  ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
  ['> said', '<blockquote><p>said</p></blockquote>'],
  ['```\nx < 1\n```', '<pre><code>x &lt; 1</code></pre>'],
  ['| a | b |\n|--:|---|\n| 1 | 2 |', '<table><thead><tr><th align="right">a</th><th>b</th></tr></thead><tbody><tr><td align="right">1</td><td>2</td></tr></tbody></table>'],
  ['loss < 0.05 & rate > 3', '<p>loss &lt; 0.05 & rate > 3</p>'],
])('renders %j', (text, html) => {
  expect(inside(text)).toBe(html)
})

it.each([
  ['<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
  ['a <b onclick="x()">bold</b> word', '<p>a &lt;b onclick="x()">bold&lt;/b> word</p>'],
  ['![a cat](https://example.org/cat.png)', '<p>a cat</p>'],
  ['[here](javascript:alert(1))', '<p><span>here<span> (javascript:alert(1))</span></span></p>'],
  ['[paper](https://doi.org/10.1)', '<p><span>paper<span> (https://doi.org/10.1)</span></span></p>'],
  ['<https://doi.org/10.1>', '<p>https://doi.org/10.1</p>'],
])('loads nothing and runs nothing of %j', (text, html) => {
  expect(inside(text)).toBe(html)
})

function linksIn(node: unknown): VNode[] {
  if (Array.isArray(node)) return node.flatMap(linksIn)
  if (!isVNode(node)) return []
  return node.type === 'button' ? [node] : linksIn(node.children)
}

it.each([
  ['[the sweep](chalcogen:queue?sweep=0a)', 'chalcogen:queue?sweep=0a'],
  ['<chalcogen:run?run=0a>', 'chalcogen:run?run=0a'],
  ['See chalcogen:library?filter=mse%3C0.05&shelf=archive.', 'chalcogen:library?filter=mse%3C0.05&shelf=archive'],
])('follows the address in %j', (text, address) => {
  const links = linksIn(h('div', rendered(text).children as VNodeArrayChildren).children)
  expect(links).toHaveLength(1)
  const { onClick } = links[0]!.props as { onClick: () => void }
  onClick()
  expect(follow).toHaveBeenLastCalledWith(address)
})
