import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

const WAIT = 'Wait for what is to happen (an event, vi.waitFor with PATIENCE), or move the clock (vi.useFakeTimers).'

const WRITES = ['fs', 'node:fs', 'fs/promises', 'node:fs/promises'].map((name) => ({
  name,
  importNames: ['writeFile', 'writeFileSync', 'copyFile', 'copyFileSync', 'createWriteStream'],
  message: 'A crash leaves half a file: use writeWhole or writeNew of whole-file.ts, or a Staging.',
}))

/** SQL, shaders, pages and patterns are as long as they are; so are sentences as keys, and types of JSDoc. */
const LONG = { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true }

function hostImports(paths) {
  const forks = ['child_process', 'node:child_process'].map((name) => ({
    name,
    importNames: ['fork'],
    message: 'Electron does not act as Node: take the Fork that the door supplies.',
  }))
  return {
    patterns: [{ group: ['**/renderer/**'], message: 'The host does not know the window.' }],
    paths: [...forks, ...paths],
  }
}

export default ts.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'src/main/compute/kernels/assembly/', 'test-results/', '.cache/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-constant-condition': ['error', { checkLoops: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-len': ['error', { ...LONG, ignorePattern: String.raw`^\s*'.+':$|\* (@\w+ )?\{` }],
    },
  },
  {
    files: ['src/renderer/**', 'test/renderer/**'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'prefer-const': 'off', 'no-undef': 'off' },
  },
  // Lists of classes and what opens a block cannot be broken in markup.
  {
    files: ['**/*.svelte'],
    rules: { 'max-len': ['error', { ...LONG, ignorePattern: String.raw`class=|^\s*'\S+ .*\S-\S.*',$|\{#(if|each) ` }] },
  },
  // Titles of tests, and the data that they write down, stay in one piece.
  {
    files: ['test/**', 'bench/**'],
    rules: { 'max-len': ['error', { ...LONG, ignoreStrings: true }] },
  },
  {
    // A test waits for what is to happen, not for time to pass: on a busy machine, any time is too short.
    files: ['test/**/*.ts'],
    // Time is their work: they end what hangs, and kill at any moment.
    ignores: ['test/fuzz/messages.ts', 'test/kills/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name="setTimeout"], ' +
            'CallExpression[callee.property.name="setTimeout"][callee.object.name!="test"]',
          message: WAIT,
        },
        {
          selector:
            'ImportDeclaration[source.value=/timers.promises$/] > ' +
            'ImportSpecifier[imported.name=/setTimeout|setInterval|scheduler/]',
          message: WAIT,
        },
        { selector: 'CallExpression[callee.property.name="waitForTimeout"]', message: WAIT },
        {
          selector:
            'CallExpression[callee.name="expect"] > BinaryExpression[operator="-"] ' +
            'CallExpression[callee.object.name=/^(performance|Date)$/][callee.property.name="now"]',
          message:
            'How long something took depends on what else the machine does: move a clock of the test ' +
            '(vi.useFakeTimers), or measure in bench/.',
        },
        {
          selector:
            'CallExpression[callee.object.name="vi"][callee.property.name=/^waitFor|^waitUntil/][arguments.length<2]',
          message: 'It gives up after a second unless it is told how long to wait: PATIENCE.',
        },
      ],
    },
  },
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/main/**', '**/renderer/**', 'node:*'],
              message: 'src/shared is spoken by both sides and imports neither.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/main/**', 'node:*', 'electron'],
              message: 'The window reaches the host only through the contract.',
            },
          ],
        },
      ],
    },
  },
  {
    // What nobody waits for runs through background.ts, which logs it, tells it and goes on.
    files: ['src/main/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.main.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/no-misused-promises': ['error', { checksConditionals: false }],
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
          name,
          message: 'Use after, every or inBackground of background.ts; to wait, use node:timers/promises.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        ...[
          "CallExpression[callee.object.type='CallExpression']" +
            "[callee.object.callee.name='log'][arguments.0.type!='Literal']",
          'CallExpression[callee.name=/^(inBackground|guarded)$/][arguments.1.type!="Literal"]',
          'CallExpression[callee.name=/^(every|after)$/][arguments.2.type!="Literal"]',
        ].map((selector) => ({
          selector,
          message:
            'What is logged is a constant text; what varies is the detail, which is written only where it is ' +
            'known to be harmless.',
        })),
        {
          selector:
            'BinaryExpression[operator=/^([-+]|[<>]=?)$/] > ' +
            'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
          message: 'The clock of the day can be set while something waits or is measured: use performance.now().',
        },
      ],
    },
  },
  {
    files: ['src/main/process/background.ts', 'src/main/process/uncaught.ts', 'src/main/log/**'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-syntax': 'off' },
  },
  { files: ['src/main/**', 'src/preload/**'], rules: { 'no-restricted-imports': ['error', hostImports(WRITES)] } },
  // What is written into a Staging, or as the draft of a backup, becomes visible as a whole, and what is sent is used
  // once it is there as a whole.
  {
    files: [
      'src/main/backup/archive.ts',
      'src/main/entrypoints/web/transfers.ts',
      'src/main/exchange/**',
      'src/main/writers/export.ts',
      'src/main/corpus/digipen-folder.ts',
      'src/main/files/whole-file.ts',
    ],
    rules: { 'no-restricted-imports': ['error', hostImports([])] },
  },
  { files: ['src/main/process/fork.ts'], rules: { 'no-restricted-imports': 'off' } },
)
