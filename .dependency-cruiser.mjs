// Which room may import which: `npm run lint` refuses every other arrow, and every circle of files, types included.
// docs/architecture.md draws it.

/** Pure arithmetic that every room may use. */
const ARITHMETIC = ['random', 'statistics']

/** What any room of the host stands on. */
const GROUND = ['files', 'log', 'native', 'process']

/** The rooms of src/main, from what knows nothing of the others to what knows all; each with those it may import. */
const ROOMS = {
  statistics: [],
  random: ['signal'],
  native: [],
  files: [],
  log: ['files'],
  process: ['log'],
  signal: [],
  simulator: ['signal'],
  words: ['signal', 'simulator', ...GROUND],
  compute: GROUND,
  ml: ['signal', 'simulator', 'words', 'compute', ...GROUND],
  segment: ['signal'],
  quality: ['signal', 'segment', 'ml'],
  pen: ['signal', 'simulator', ...GROUND],
  store: ['signal', ...GROUND],
  exchange: ['signal', 'store', ...GROUND],
  replay: ['signal', 'pen', 'exchange', ...GROUND],
  corpus: ['signal', 'simulator', 'words', 'store', 'exchange', ...GROUND],
  training: ['signal', 'simulator', 'words', 'compute', 'ml', 'store', 'corpus', ...GROUND],
  protocol: ['words', 'store', ...GROUND],
  writers: ['store', 'exchange', 'ml', 'training', ...GROUND],
  adaptation: ['signal', 'simulator', 'words', 'compute', 'ml', 'quality', 'store', 'training', 'protocol', ...GROUND],
  record: ['simulator', 'segment', 'quality', 'store', 'protocol', 'writers', ...GROUND],
  recognise: ['signal', 'simulator', 'words', 'compute', 'ml', 'segment', 'store', 'training', 'writers', ...GROUND],
  review: ['simulator', 'words', 'compute', 'ml', 'quality', 'store', ...GROUND],
  experiments: [
    'signal',
    'simulator',
    'words',
    'compute',
    'ml',
    'store',
    'exchange',
    'corpus',
    'training',
    'adaptation',
    ...GROUND,
  ],
  backup: ['store', ...GROUND],
  doctor: ['compute', 'pen', 'store', ...GROUND],
  app: [
    'compute',
    'ml',
    'pen',
    'words',
    'quality',
    'store',
    'exchange',
    'replay',
    'training',
    'protocol',
    'writers',
    'adaptation',
    'record',
    'recognise',
    'review',
    'backup',
    ...GROUND,
  ],
  selftest: ['app', 'pen', 'exchange', ...GROUND],
}

const rooms = Object.keys(ROOMS)
const rulesOfRooms = Object.entries(ROOMS).map(([room, may]) => ({
  name: `${room}-imports-${may.length === 0 ? 'no-room' : 'few-rooms'}`,
  comment: `src/main/${room} may import ${may.length === 0 ? 'no other room' : may.join(', ')}; see .dependency-cruiser.js.`,
  severity: 'error',
  from: { path: `^src/main/${room}/` },
  to: { path: '^src/main/', pathNot: `^src/main/(${[room, ...may, ...ARITHMETIC].join('|')})/` },
}))

export default {
  forbidden: [
    ...rulesOfRooms,
    {
      name: 'every-file-in-a-room',
      comment: 'A file of the host belongs to a room that has its row above, or to the entry points.',
      severity: 'error',
      from: { path: '^src/main/', pathNot: `^src/main/(${[...rooms, 'entrypoints'].join('|')})/` },
      to: {},
    },
    {
      name: 'entry-points-apart',
      comment: 'Entry points share what is in entrypoints/common; the terminal also starts the browser one (`serve`).',
      severity: 'error',
      from: { path: '^src/main/entrypoints/(electron|web)(/|\\.ts$)' },
      to: { path: '^src/main/entrypoints/', pathNot: '^src/main/entrypoints/($1(/|\\.ts$)|common/)' },
    },
    {
      name: 'shared-stands-alone',
      comment: 'Both sides speak it; it imports neither.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'window-speaks-the-contract',
      comment: 'The window reaches the host only through the contract.',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { path: '^src/', pathNot: '^src/(shared|renderer|preload)/' },
    },
    {
      name: 'host-does-not-know-the-window',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/(renderer|preload)/' },
    },
    { name: 'tests-stay-outside', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench|scripts)/' } },
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one file, or something is missing between them.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/main/compute/kernels/assembly/' },
    includeOnly: '^src/',
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js'] },
  },
}
