// From the lowest up. A library imports what stands on lower floors; those of one floor do not know each other.
const floors = [
  { libs: ['kernel'], comment: 'What everybody rests on rests on nobody.' },
  {
    libs: ['sqlite', 'plan-files', 'threads', 'html'],
    comment:
      'How a file is opened, a plan or a page written down or work done beside other work is no concern of what it is about.',
  },
  {
    libs: ['pages'],
    comment: 'Pages ask the API as every other application does, so that they know nothing of what is behind it.',
  },
  {
    libs: ['event-store', 'document-store', 'jobs'],
    comment: 'A port that knew its users could not be given to others.',
  },
  { libs: ['deciding'], comment: 'There is one way to the log, for what is decided of the system too.' },
  { libs: ['continuity'], comment: 'Whether the log is still the same one is asked before anything is made of it.' },
  { libs: ['projecting'], comment: 'What folds the log serves every feature alike.' },
  { libs: ['http-api'], comment: 'How a request comes in is the same whatever it asks for.' },
  { libs: ['operations'], comment: 'Jobs are kept at work whatever they do.' },
  { libs: ['organisation'], comment: 'Bodies are known to everyone, so that they can know no other feature.' },
  { libs: ['indicators'], comment: 'An indicator knows plans and items by their ids.' },
  { libs: ['planning'], comment: 'Plans stand without rounds; a round cannot stand without its plan.' },
  { libs: ['rounds'], comment: 'A round stands without what is read, kept or sent of it.' },
  {
    libs: ['reorganising'],
    comment: 'What a body has is in every feature below, none of which knows that bodies end.',
  },
  { libs: ['reading'], comment: 'How things stand is asked by everybody above, and asks nobody of them.' },
  { libs: ['snapshots'], comment: 'What was frozen stands, whoever audits it or is told of it.' },
  { libs: ['importing'], comment: 'A load leads to commands of every feature; its own story is told above.' },
  {
    libs: ['audit', 'notifying'],
    comment: 'Each looks at everything below; what it looks at must not lean on it.',
  },
  { libs: ['running'], comment: 'What runs the features knows them all, so that none of them may know how it is run.' },
  { libs: ['command-line'], comment: 'The command line is one more way in, beside the processes.' },
];
const either = (names) => `^libs/(${names.join('|')})/`;
const below = (index) => floors.slice(0, index).flatMap(({ libs }) => libs);

const holdsFloors = [
  ...floors.flatMap(({ comment, libs }, index) =>
    libs.map((lib) => ({
      name: `floor-of-${lib}`,
      comment,
      severity: 'error',
      from: { path: either([lib]) },
      to: { path: '^(apps|libs)/', pathNot: either([lib, ...below(index)]) },
    })),
  ),
  {
    name: 'every-library-has-a-floor',
    comment: 'What is not on the list above is held by no rule.',
    severity: 'error',
    from: { path: '^libs/', pathNot: either(below(floors.length)) },
    to: {},
  },
];

const features = either(below(floors.length - 2).slice(below(8).length));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...holdsFloors,
    {
      name: 'no-circles',
      comment: 'What depends on itself can neither be read nor changed one part at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-is-pure',
      comment: 'Deciders and folds must run anywhere, for decades: the kernel knows no framework, no store and no I/O.',
      severity: 'error',
      from: { path: '^libs/kernel/src', pathNot: '/testing/' },
      to: { path: '^(apps|libs/(?!kernel/)|node_modules/(@nestjs|libsql|rxjs|fastify))' },
    },
    {
      name: 'sqlite-is-behind-its-ports',
      comment: 'A file that is opened in another way is one that several processes cannot make at once.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '^libs/(sqlite|event-store/src/sqlite|document-store/src/sqlite|jobs/src/in-process)/',
      },
      to: { path: '^(libs/sqlite|node_modules/libsql)/' },
    },
    {
      name: 'deciders-are-pure',
      comment: 'A decision is a function of its arguments: a decider reaches for neither framework nor store.',
      severity: 'error',
      from: { path: '\\.(decide|decider|events|projection|rules|story)\\.ts$|/item/item\\.ts$' },
      to: {
        path: '^node_modules/(@nestjs|libsql|fastify)|^libs/(http-api|event-store|document-store|jobs)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'features-know-no-adapter',
      comment: 'Which store is behind a port is for what runs the features to choose.',
      severity: 'error',
      from: { path: features, pathNot: '\\.spec\\.ts$|/testing/' },
      to: { path: '^libs/((event-store|document-store)/src/(sqlite|kurrentdb|mongodb)|jobs/src/(in-process|bullmq))/' },
    },
    {
      name: 'mongodb-is-behind-its-port',
      comment: 'What asked the driver itself would run on MongoDB only, and past what every adapter is held to.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/document-store/src/mongodb/' },
      to: { path: '^node_modules/mongodb/' },
    },
    {
      name: 'plan-files-are-a-format',
      comment:
        'How plans are written down is for those that read and write files: what is recorded does not rest on it.',
      severity: 'error',
      from: { path: '^libs/(?!importing/|plan-files/)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/plan-files/' },
    },
    {
      name: 'nothing-runs-the-command-line',
      comment: 'The command line is one more way in, beside the processes.',
      severity: 'error',
      from: { path: '^apps/(?!cli/)' },
      to: { path: '^libs/command-line/' },
    },
    {
      name: 'what-asks-over-http-starts-fast',
      comment: 'What one command needs is loaded by it alone: what asks an API loads neither stores nor a framework.',
      severity: 'error',
      from: { path: '^libs/command-line/src/', pathNot: '/(on-stores|copy|keys|log-rights)\\.ts$|\\.spec\\.ts$' },
      to: {
        path: '^libs/(?!kernel/|command-line/)|^node_modules/@nestjs/|/(on-stores|copy|keys|log-rights)\\.ts$',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'apps-hold-a-main-and-modules',
      comment:
        'An app says which parts a process is made of. What a part does is in a library, where others can use it.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '/src/(main|[a-z]+\\.module)\\.ts$' },
      to: {},
    },
    {
      name: 'rounds-read-no-coverage',
      comment: 'Coverage reads rounds. What a round decides on is handed in by whoever knows it.',
      severity: 'error',
      from: { path: '^libs/rounds/src/round/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/rounds/src/(?!round/)' },
    },
    {
      name: 'snapshot-format-is-a-contract',
      comment: 'What a snapshot holds is read for decades, whichever rule filled it and wherever it is kept.',
      severity: 'error',
      from: { path: '^libs/snapshots/src/format/' },
      to: { path: '^libs/', pathNot: '^libs/(kernel/src|snapshots/src/format)/' },
    },
    {
      name: 'reports-read-the-format-alone',
      comment: 'What a report or a comparison tells is in the snapshot, and comes out the same whoever asks, and when.',
      severity: 'error',
      from: { path: '^libs/snapshots/src/(reports|comparison)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/', pathNot: '^libs/((kernel|html)/src|snapshots/src/(format|$1))/' },
    },
    {
      name: 'rules-know-no-shelf',
      comment: 'A rule folds the log; where and when what it made is kept is no concern of it.',
      severity: 'error',
      from: { path: '^libs/snapshots/src/rules/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/snapshots/src/(?!rules/|format/)' },
    },
    {
      name: 'shelf-knows-no-jobs',
      comment: 'What is kept is read without knowing who made it.',
      severity: 'error',
      from: { path: '^libs/snapshots/src/shelf/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/snapshots/src/jobs/' },
    },
    {
      name: 'snapshot-rules-stand-still',
      comment:
        'What a rule has made must come out the same for ever: it leans on the kernel, on the types of events, and on earlier rules, never on what may change under it.',
      severity: 'error',
      from: { path: '^libs/snapshots/src/rules/rule-([0-9]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(apps|libs|node_modules)/',
        pathNot: '^libs/kernel/src/|^libs/snapshots/src/rules/rule-[0-9]+/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Test code may take shortcuts that the product may not.',
      severity: 'error',
      from: { pathNot: '\\.spec\\.ts$|/testing/|^test/' },
      to: { path: '\\.spec\\.ts$|/testing/|^test/' },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'What package.json does not name is there by chance.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
