/** Why something could not be read or done, and what to do about it. */
export const errorsText = {
  unreachable: "Could not reach the server. Check that it is running.",
  timeout: "The server took too long to answer. A shorter time range is faster.",
  notReady: "The server is not ready to answer.",
  rateLimited: "Too many requests. Wait a moment and try again.",
  unauthorized: "You are not logged in.",
  forbidden: "Your account may not do this.",
  notFound: "Not found.",
  server: "The server could not answer.",
  refused: "The server refused the query.",
  outdated: "The server has a newer version of Phoenix. Reload the page to open this.",
  notLoaded: "This could not be loaded. Reload the page to open it.",
  notOpened: "Not opened",
  show: "This part of the page failed to show.",
  detail: "Detail",
};
