import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'threads',
    // The engines run beside the tests; with a worker less than cores, one core would wait.
    maxWorkers: '100%',
    // Against a hang only: how long a test takes depends on the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
