import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(cleanup);

// What jsdom lacks: layout. Elements are as large as a small window.
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", StillObserver);

for (const [name, size] of [
  ["clientWidth", 1000],
  ["clientHeight", 600],
  ["offsetWidth", 1000],
  ["offsetHeight", 600],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}

// A pointer that is down is followed by the element that asks for it, in jsdom too.
Element.prototype.setPointerCapture = () => {};

window.matchMedia = (media) =>
  ({
    matches: false,
    media,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
