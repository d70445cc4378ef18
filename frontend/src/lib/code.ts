import { lazy, type ComponentType } from "react";
import { errorsText } from "../text/errors";
import { ApiError, httpError, messageOf, unreachable } from "./apiError";
import { counted, persistently } from "./connection";

/** A part of the interface in files of its own, which come when somebody opens it. */
export type Code<Module> = () => Promise<Module>;

/** A server that answers and yet does not give the code may have gone away once more in between; not that often. */
const TRIES = 3;

/**
 * The way to load code. While the server is away it waits, as questions do, and whoever opened something gets it in the
 * end. It fails only with `outdated`, which reloading the page mends: the file is gone, because the server has a newer
 * version, or the browser does not fetch a second time what failed once.
 */
export function code<Module>(load: () => Promise<Module>): Code<Module> {
  let loading: Promise<Module> | null = null;
  return () => {
    loading ??= counted(untilItComes(load)).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** A component in files of its own, for a place with a `Suspense` and, for what is outdated, an error boundary. */
export function lazily<Props>(load: Code<ComponentType<Props>>): ComponentType<Props> {
  const whole = code(load);
  return lazy(async () => ({ default: await whole() }));
}

async function untilItComes<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isNotFetched(error)) throw error;
    let tries = 0;
    return persistently(async () => {
      // Only the server itself tells whether it is away: the browser names the same reason for everything.
      await present(fileOf(error), error);
      tries++;
      return load().catch((again: unknown) => {
        if (!isNotFetched(again)) throw again;
        throw tries < TRIES ? unreachable(again) : new ApiError("outdated", errorsText.notLoaded, messageOf(again));
      });
    }, new AbortController().signal);
  }
}

/** Throws why a file cannot be had, if it cannot. */
async function present(file: string, cause: unknown): Promise<void> {
  const answer = await fetch(file, { method: "HEAD", cache: "no-store" }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (answer.ok) return;
  const failure = httpError(answer.status, file);
  if (failure.kind === "unreachable" || failure.kind === "rate-limited") throw failure;
  throw new ApiError("outdated", errorsText.outdated, `${failure.detail}\n${messageOf(cause)}`);
}

/** Rather than an error of the code itself, which another try would not change. Each browser has its own words. */
function isNotFetched(error: unknown): boolean {
  return /dynamically imported module|Importing a module script failed|preload CSS/.test(messageOf(error));
}

/** Where the browser does not name the file, the one that asks stands for it: they come from one build. */
function fileOf(error: unknown): string {
  return /https?:\/\/\S+\.js|\/\S+\.css/.exec(messageOf(error))?.[0] ?? import.meta.url;
}
