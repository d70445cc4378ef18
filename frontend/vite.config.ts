import babel from "@rolldown/plugin-babel";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.PHOENIX_BASE_URL ?? "http://localhost:6006";

export default defineConfig({
  // Relative, so that the server can put the app under any root path.
  base: "./",
  logLevel: "warn",
  plugins: [
    tailwind(),
    babel({
      include: /\/src\/.*\.tsx?$/,
      plugins: ["relay", "babel-plugin-react-compiler"],
      parserOpts: { plugins: ["typescript", "jsx"] },
    }),
    react(),
  ],
  build: {
    outDir: "target/classes/META-INF/phoenix/ui",
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Before compression; what counts is checked by the browser tests.
    chunkSizeWarningLimit: 1000,
  },
  server: {
    proxy: Object.fromEntries(["/graphql", "/v1"].map((path) => [path, server])),
  },
  test: {
    reporters: ["default", "./scripts/tally.mjs"],
    projects: [
      { extends: true, test: { name: "logic", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "components",
          environment: "jsdom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/ui/testing/setup.ts"],
        },
      },
    ],
  },
});
