import { defineConfig } from "vitest/config";

// Runs against the server at PHOENIX_BASE_URL, in the Chromium of the machine.
export default defineConfig({
  test: {
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Playwright presses keys faster than a page renders on a busy machine; what is broken fails three times. Tests that
    // needed another try are named at the end.
    retry: 2,
    // As long as playwright's own waits: what is slow on a busy machine is not wrong.
    expect: { poll: { timeout: 15_000 } },
    reporters: ["default", "./scripts/tally.mjs"],
    include: ["e2e/**/*.test.ts"],
    // A browser waits much of its time, the server for the browser the rest.
    maxWorkers: 2,
  },
});
