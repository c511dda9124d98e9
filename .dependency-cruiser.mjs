// The dependency rules of ARCHITECTURE.md, type imports included. Each rule says the invariant it guards.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle means one concept was cut in two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-stands-alone',
      comment: 'webrtc-core is published: it depends on nothing of ours.',
      severity: 'error',
      from: { path: '^packages/webrtc-core' },
      to: { path: '^(apps|packages/shared|e2e)' },
    },
    {
      name: 'shared-is-schemas-only',
      comment: 'shared holds zod schemas and their types, nothing else.',
      severity: 'error',
      from: { path: '^packages/shared' },
      to: { path: '^(apps|packages/webrtc-core|e2e)' },
    },
    {
      name: 'api-knows-shared-only',
      severity: 'error',
      from: { path: '^apps/api' },
      to: { path: '^(apps/web|packages/webrtc-core|e2e)' },
    },
    {
      name: 'web-takes-only-types-from-api',
      severity: 'error',
      from: { path: '^apps/web' },
      to: { path: '^apps/api', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-adapters-and-workers-run-core',
      comment: 'pages -> components -> stores -> adapters; only adapters and workers touch webrtc-core at run time.',
      severity: 'error',
      from: { path: '^apps/web/src', pathNot: '^apps/web/src/(adapters|workers)' },
      to: { path: '^packages/webrtc-core', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-layers-components',
      severity: 'error',
      from: { path: '^apps/web/src/components' },
      to: { path: '^apps/web/src/(pages|workers)' },
    },
    {
      name: 'web-layers-stores',
      severity: 'error',
      from: { path: '^apps/web/src/stores' },
      to: { path: '^apps/web/src/(pages|components|workers)' },
    },
    {
      name: 'web-layers-adapters',
      severity: 'error',
      from: { path: '^apps/web/src/adapters' },
      to: { path: '^apps/web/src/(pages|components|stores|composables)' },
    },
    {
      name: 'peer-and-transfer-are-strangers',
      comment: 'How bytes travel and what they mean meet in exchange.ts only.',
      severity: 'error',
      from: { path: '^packages/webrtc-core/src/peer' },
      to: { path: '^packages/webrtc-core/src/(transfer|exchange|stores)' },
    },
    {
      name: 'transfer-knows-no-peer',
      severity: 'error',
      from: { path: '^packages/webrtc-core/src/transfer' },
      to: { path: '^packages/webrtc-core/src/(peer|exchange|stores)' },
    },
    {
      name: 'wire-below-transfer',
      severity: 'error',
      from: { path: '^packages/webrtc-core/src/wire' },
      to: { path: '^packages/webrtc-core/src/(peer|transfer|exchange|stores|erasure)' },
    },
    {
      name: 'content-below-wire',
      severity: 'error',
      from: { path: '^packages/webrtc-core/src/content' },
      to: { path: '^packages/webrtc-core/src/(peer|transfer|wire|exchange|stores|erasure)' },
    },
    {
      name: 'index-is-for-outsiders',
      comment: 'Inner files that import the public list close circles.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+)/' },
      to: { path: '^$1/src/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|migrations)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
