import { defineConfig } from 'vitest/config';

const shared = { pool: 'threads', testTimeout: 30_000, hookTimeout: 60_000 } as const;
const cloud = 'test/infra/cloud/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: [cloud],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
      // Tests that only read what the CDK synthesises share its import, which takes longer than they do.
      { test: { ...shared, name: 'cloud', include: [cloud], isolate: false } },
    ],
  },
});
