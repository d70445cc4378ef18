import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { code } from "./code";

const FILE = "http://localhost/assets/details-1.js";
const notFetched = () => new TypeError(`Failed to fetch dynamically imported module: ${FILE}`);
const server = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", server);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  server.mockReset();
});

describe("code", () => {
  it("comes once the server answers, for everybody who asked", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(notFetched()).mockResolvedValue("module");
    server
      .mockRejectedValueOnce(new TypeError("Failed to fetch"))
      .mockResolvedValueOnce(new Response("starting", { status: 503 }))
      .mockResolvedValue(new Response());
    const get = code(load);
    const both = Promise.all([get(), get()]);
    await vi.runAllTimersAsync();
    expect(await both).toEqual(["module", "module"]);
    expect(load).toHaveBeenCalledTimes(2);
    expect(server.mock.calls.map(([file]) => file)).toEqual([FILE, FILE, FILE]);
  });

  it("whose file a newer version has replaced is outdated, and asked for anew by the next who wants it", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(notFetched()).mockResolvedValue("module");
    server.mockResolvedValue(new Response("no file", { status: 404 }));
    const get = code(load);
    await expect(get()).rejects.toMatchObject({ kind: "outdated" });
    expect(await get()).toBe("module");
  });

  it("that the browser does not fetch a second time is outdated after a few tries", async () => {
    const load = vi.fn<() => Promise<string>>().mockImplementation(() => Promise.reject(notFetched()));
    server.mockImplementation(() => Promise.resolve(new Response()));
    const failed = code(load)().catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await failed).toMatchObject({ kind: "outdated" });
    expect(load).toHaveBeenCalledTimes(4);
  });

  it("that breaks by itself is not asked for again", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValue(new ReferenceError("x is not defined"));
    await expect(code(load)()).rejects.toThrow("x is not defined");
    expect(server).not.toHaveBeenCalled();
  });
});
