import { defineConfig } from "vitest/config";

// Runs against the server at PHOENIX_BASE_URL, in the Chromium of the machine.
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Playwright presses keys faster than a page renders on a busy machine; what is broken fails three times.
    retry: 2,
    // As long as playwright's own waits: what is slow on a busy machine is not wrong.
    expect: { poll: { timeout: 15_000 } },
    // One after the other: some tests measure time.
    fileParallelism: false,
    reporters: ["default", "./scripts/tally.mjs"],
  },
});
