import { defineConfig } from 'vitest/config';

/** The reports in headless Chromium; `CHROMIUM` names the program. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 1 },
});
