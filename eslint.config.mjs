import stylistic from '@stylistic/eslint-plugin'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const style = {
  '@stylistic/semi': ['error', 'never'],
  '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: 'always' }],
  '@stylistic/comma-dangle': ['error', 'always-multiline'],
  '@stylistic/eol-last': 'error',
  '@stylistic/max-len': ['error', {
    code: 130, ignoreComments: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreUrls: true,
  }],
  '@stylistic/no-tabs': 'error',
  '@stylistic/no-trailing-spaces': 'error',
  '@stylistic/object-curly-spacing': ['error', 'always'],
}

const correctness = {
  'eqeqeq': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/no-import-type-side-effects': 'error',
}

const typeAware = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
}

// IEEE 754 fixes +, −, ×, ÷ and sqrt; the rest of Math may differ in the last bit from machine to machine.
const inexact = [
  'acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp', 'expm1', 'hypot',
  'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh',
]
const impure = [
  'Date', 'console', 'process', 'performance', 'crypto', 'globalThis', 'fetch',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask',
]
/** Numbers are written the same everywhere, so only one folder may turn them into text. */
const numberTexts = {
  selector: 'MemberExpression[property.name=/^(toFixed|toPrecision|toExponential|toLocaleString|toLocaleDateString|toLocaleTimeString)$/]',
  message: 'Write and round numbers with src-engine/format.',
}
const powers = [
  { selector: 'BinaryExpression[operator="**"]:not([left.value=2])', message: '** is Math.pow: only powers of 2 are exact.' },
  { selector: 'AssignmentExpression[operator="**="]', message: '** is Math.pow: only powers of 2 are exact.' },
]
/** A transaction that begins with a read fails when it first writes, if another program has written since. */
const deferredTransactions = {
  selector: 'CallExpression[callee.property.name="transaction"]', message: 'Use inTransaction, which waits for other programs.',
}
const pureEngine = {
  'no-restricted-globals': ['error', ...impure.map((name) => ({ name, message: 'The engine is pure.' }))],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Draw from a stream of src-engine/random.' },
    ...inexact.map((property) => ({
      object: 'Math', property, message: 'Not the same bits on every machine: use src-engine/kernels.',
    })),
  ],
  'no-restricted-syntax': ['error', ...powers, numberTexts],
}

// A file of an open library that is read past SQLite loses this process's locks on it (FAULTS 22).
const readers = [
  'readFile', 'readFileSync', 'createReadStream', 'open', 'openSync', 'openAsBlob', 'read', 'readSync', 'copyFile', 'copyFileSync', 'cp', 'cpSync',
]
const noReading = {
  'no-restricted-imports': ['error', {
    paths: ['node:fs', 'node:fs/promises', 'fs', 'fs/promises'].map((name) => ({
      name, importNames: [...readers, 'default', 'promises'], message: 'An open library read through fs loses its locks: ask SQLite.',
    })),
  }],
}
/** They read what no connection has open: closed and foreign files, and /proc. */
const readsOtherFiles = ['files', 'header', 'owner', 'lock-holders'].map((name) => `src-main/library/${name}.ts`)
const readsProc = ['src-main/runs/memory-room.ts']

export default defineConfig([
  // AssemblyScript is another language: its compiler checks it. Additions are checked where they are added.
  globalIgnores(['src-engine/kernels/assembly/', 'test/fixtures/additions/*/', 'out/', 'dist/', 'node_modules/', 'test-results/', '.runtime/']),
  tseslint.configs.recommended,
  vue.configs['flat/strongly-recommended'],
  { plugins: { '@stylistic': stylistic }, rules: { ...style, ...correctness } },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
    rules: {
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src-*/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typeAware,
  },
  { files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,vue}'], rules: { 'no-restricted-syntax': ['error', numberTexts] } },
  {
    files: ['src-main/library/**/*.ts'],
    ignores: ['src-main/library/transaction.ts'],
    rules: { 'no-restricted-syntax': ['error', numberTexts, deferredTransactions] },
  },
  { files: ['src-engine/**/*.ts'], rules: pureEngine },
  { files: ['src-engine/format/*.ts'], rules: { 'no-restricted-syntax': ['error', ...powers] } },
  { files: ['src-main/library/**/*.ts', 'src-main/runs/**/*.ts'], ignores: [...readsOtherFiles, ...readsProc], rules: noReading },
])
