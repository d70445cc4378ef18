import babel from "@rolldown/plugin-babel";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.PHOENIX_BASE_URL ?? "http://localhost:6006";

/** Names in the page what the lists of a project need beside the files that every page loads. */
const preloadLists: Plugin = {
  name: "preload-lists",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {} }) {
      const needed = new Set<string>();
      const add = (file: string) => {
        const chunk = bundle[file];
        if (chunk?.type !== "chunk" || needed.has(file) || html.includes(file)) return;
        needed.add(file);
        chunk.imports.forEach(add);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.facadeModuleId?.endsWith("/features/tracing.ts")) add(chunk.fileName);
      }
      return html.replace("<!--lists-->", [...needed].join(" "));
    },
  },
};

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
    preloadLists,
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
