/** Paths the server answers itself, which the page's router knows nothing of. */
const SERVER_OWNED = /^\/(oauth2\/(?!consent)|auth\/|v1\/|graphql|docs|healthz|\.well-known)/;

/**
 * Where to go on after logging in: a path of this server, or its home. Another site's address, in whatever disguise,
 * leads nowhere.
 */
export function safeReturnUrl(text: string | null): string {
  if (!text || !text.startsWith("/") || text.includes("\\") || /[\t\n\r]/.test(text)) return "/";
  const here = "https://here.invalid";
  const url = URL.canParse(text, here) ? new URL(text, here) : null;
  if (!url || url.origin !== here || text.startsWith("//") || url.pathname.startsWith("//")) return "/";
  // Otherwise people would be asked again at once.
  if (/^\/(login|logout)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}

export function isServerOwned(path: string): boolean {
  return SERVER_OWNED.test(path);
}
