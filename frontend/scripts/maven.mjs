// The steps Maven asks for, each done only when something it depends on has changed since it last succeeded.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = join(import.meta.dirname, "..");
const schema = join(root, "../phoenix-server/src/main/resources/graphql");
const tools = ["package-lock.json", "package.json", "scripts", "relay.config.json", "tsconfig.json", "vite.config.ts"];

const steps = {
  install: {
    inputs: ["package-lock.json"],
    // What npm itself writes last.
    done: "node_modules/.package-lock.json",
    commands: [["ci"]],
  },
  build: {
    inputs: [...tools, "index.html", "public", "src", schema],
    done: "target/build.done",
    commands: [["run", "--silent", "build"]],
  },
  check: {
    inputs: [...tools, "src", "e2e", schema, ".oxlintrc.json", ".oxfmtrc.json"],
    done: "target/check.done",
    commands: [["run", "--silent", "check"]],
  },
};

// Around a test runner it says "test": the bundle would be the slow one that is for developing.
const { NODE_ENV: _, ...environment } = process.env;

const step = steps[process.argv[2]];
const done = join(root, step.done);
const doneAt = existsSync(done) ? statSync(done).mtimeMs : 0;

if (newest(step.inputs) > doneAt) {
  for (const command of step.commands) {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const { status } = spawnSync(npm, [...command], { cwd: root, env: environment, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
  if (step.done.startsWith("target")) {
    mkdirSync(join(root, "target"), { recursive: true });
    writeFileSync(done, "");
  }
}

/** When any of the files, or of the files below the folders, was last changed. */
function newest(paths) {
  return paths
    .map((path) => resolve(root, path))
    .filter((path) => existsSync(path) && !path.endsWith("__generated__"))
    .map((path) => {
      const { mtimeMs } = statSync(path);
      if (!statSync(path).isDirectory()) return mtimeMs;
      return Math.max(mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
    })
    .reduce((a, b) => Math.max(a, b), 0);
}
