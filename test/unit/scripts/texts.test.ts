import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../scripts/runtime/paths.ts'
import { textsOf } from '../../../scripts/texts/collect.ts'
import { collectTexts, documentOf } from '../../../scripts/texts/document.ts'
import { isIdentifier, lapsesOf } from '../../../scripts/texts/lapses.ts'

const all = collectTexts(root)

test('docs/texts.md holds every text; npm run texts writes it again', () => {
  expect(documentOf(all)).toBe(readFileSync(join(root, 'docs/texts.md'), 'utf8'))
})

test('no text has one of the commonest lapses', () => {
  const found = all.flatMap(({ file, texts }) => texts.flatMap((text) => lapsesOf(text).map((lapse) => `${file}: "${text}": ${lapse}`)))
  expect(found).toEqual([])
})

test('the window shows titles, not identifiers', () => {
  const found = all.filter(({ file }) => file.startsWith('src-renderer/')).flatMap(({ file, texts }) =>
    texts.filter(isIdentifier).map((text) => `${file}: ${text}`))
  expect(found).toEqual([])
})

describe('a text', () => {
  const component = `<script setup lang="ts">
import { ref } from 'vue'
const status = ref('idle-state')
const reason = count === 0 ? 'Select a run first.' : \`\${count} runs\`
</script>
<template>
  <ElButton title="Start the run" data-test="start it" :class="'big one'" :disabled="reason === 'not shown'">
    {{ count }} of {{ run.total }} runs <b>waiting</b>
  </ElButton>
  <ElInput :placeholder="isSearch ? 'Search runs' : ''" />
</template>`

  test('of a component is what it shows: text, attributes and bindings, with what is filled in', () => {
    expect(textsOf('A.vue', component)).toEqual([
      'Select a run first.', '{count} runs', 'Start the run', 'not shown', '{count} of {total} runs', 'waiting', 'Search runs',
    ])
  })

  test('is no SQL, path, selector, import or type', () => {
    const source = `
import { x } from 'a b'
type Kind = 'one kind' | 'another kind'
const sql = db.prepare('select a from b')
const more = 'SELECT run FROM runs WHERE done'
const file = 'src-main/library/file.ts'
const chosen = '.row .cell'
throw new Error('the file is gone')`
    expect(textsOf('a.ts', source)).toEqual(['.row .cell', 'the file is gone'])
  })
})

test.each([
  ['Found nothing; allowed: a text', 1],
  ['The run goes on once it can', 1],
  ['Choose a file.', 0],
  ['3 runs are waiting and will resume automatically.', 0],
  [`${'word '.repeat(31)}.`, 1],
])('lapses of %j: %d', (text, count) => expect(lapsesOf(text)).toHaveLength(count))
