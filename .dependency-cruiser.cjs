const features =
  '^libs/(organisation|planning|rounds|reading|snapshots|notifying|indicators|audit|importing|operations)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'What depends on itself can neither be read nor changed one part at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-is-pure',
      comment: 'Deciders and folds must run anywhere, for decades: the kernel knows no framework, no store and no I/O.',
      severity: 'error',
      from: { path: '^libs/kernel/src', pathNot: '/testing/' },
      to: { path: '^(apps|libs/(?!kernel/)|node_modules/(@nestjs|libsql|rxjs|fastify))' },
    },
    {
      name: 'ports-know-the-kernel-only',
      comment: 'A port that knew its users could not be given to others.',
      severity: 'error',
      from: { path: '^libs/(event-store|document-store|jobs)/src' },
      to: { path: '^(apps|libs/)(?!kernel/|sqlite/|event-store/|document-store/|jobs/)' },
    },
    {
      name: 'sqlite-is-below-the-ports',
      comment: 'How a SQLite file is opened is no concern of what is kept in it.',
      severity: 'error',
      from: { path: '^libs/sqlite/' },
      to: { path: '^(apps|libs/)(?!kernel/|sqlite/)' },
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
      name: 'features-do-not-know-apps',
      comment: 'Dependencies point inwards: apps compose features.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'running-is-on-top',
      comment: 'What runs the features knows them all, so that none of them may know how it is run.',
      severity: 'error',
      from: { path: '^libs/(?!running/|command-line/)' },
      to: { path: '^libs/(running|command-line)/' },
    },
    {
      name: 'nothing-runs-the-command-line',
      comment: 'The command line is one more way in, beside the processes.',
      severity: 'error',
      from: { path: '^(apps/(?!cli/)|libs/(?!command-line/))' },
      to: { path: '^libs/command-line/' },
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
      name: 'organisation-is-below',
      comment: 'Bodies are known to everyone, so that they can know no other feature.',
      severity: 'error',
      from: { path: '^libs/organisation/' },
      to: { path: '^libs/(planning|rounds|reading|snapshots|notifying|indicators|audit|importing)/' },
    },
    {
      name: 'planning-is-below-rounds',
      comment: 'Plans stand without rounds; a round cannot stand without its plan.',
      severity: 'error',
      from: { path: '^libs/planning/' },
      to: { path: '^libs/(rounds|reading|snapshots|notifying|indicators|audit|importing)/' },
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
      name: 'rounds-are-below-their-readers',
      comment: 'A round stands without what is read, kept or sent of it.',
      severity: 'error',
      from: { path: '^libs/rounds/' },
      to: { path: '^libs/(reading|snapshots|notifying|audit|importing)/' },
    },
    {
      name: 'reading-is-below-snapshots',
      comment: 'How things stand is asked by everybody above, and asks nobody of them.',
      severity: 'error',
      from: { path: '^libs/reading/' },
      to: { path: '^libs/(snapshots|notifying|audit|importing)/' },
    },
    {
      name: 'nobody-needs-audit',
      comment: 'The audit looks at everything; what it looks at must not lean on it.',
      severity: 'error',
      from: { path: features, pathNot: '^libs/audit/' },
      to: { path: '^libs/audit/' },
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
