const SLOWEST = 10;
const SLOW_MS = 5000;

// What a run cost and hid: its slowest tests, and those that needed another try. The last line is for programs that add
// up: "12 passed, 0 failed".
export default class Tally {
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const measured = tests.map((test) => ({ name: test.fullName, ...test.diagnostic() }));
    const slow = measured.filter(({ duration }) => duration > SLOW_MS).toSorted((a, b) => b.duration - a.duration);
    list(
      "slowest",
      slow.slice(0, SLOWEST).map(({ name, duration }) => `${(duration / 1000).toFixed(1)} s  ${name}`),
    );
    list(
      "needed another try",
      measured.filter(({ retryCount }) => retryCount > 0).map(({ name, retryCount }) => `${retryCount}  ${name}`),
    );
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    process.stdout.write(`${count("passed")} passed, ${count("failed") + broken + errors.length} failed\n`);
  }
}

function list(title, lines) {
  if (lines.length > 0) process.stdout.write(`${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`);
}
