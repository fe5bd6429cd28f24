import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.long.test.ts', 'test/browser/**'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    // Of tests that say they may run side by side: each has a process of its own.
    maxConcurrency: 2,
  },
});
