// The figures of the interface in a real browser, for `./phoenix bench ui`: what a person waits for, against a server
// that already holds the data. Prints a table; ends with 1 when a figure is beyond its limit.
import { closeBrowser } from "./bench/browser.mjs";
import { largeTraces } from "./bench/data.mjs";
import { begin, end } from "./bench/figures.mjs";
import { firstPages, routeChanges, scrolling, tableOfSpans, typing } from "./bench/lists.mjs";
import { axe, lighthouse, requests } from "./bench/quality.mjs";
import { openTrace } from "./bench/traces.mjs";

begin();
await firstPages();
await tableOfSpans();
await routeChanges();
await typing();
await scrolling();
for (const trace of largeTraces) await openTrace(trace);
await requests();
await axe();
await closeBrowser();
lighthouse();
process.exitCode = end() ? 0 : 1;
