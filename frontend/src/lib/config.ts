/** What the server wrote into the page. */
export type Config = {
  /** Root path the server is reached under: empty or `/like/this`. */
  basename: string;
  platformVersion: string;
  authenticationEnabled: boolean;
  allowExternalResources: boolean;
};

declare global {
  interface Window {
    Config?: Partial<Config>;
  }
}

export const config: Config = {
  basename: "",
  platformVersion: "",
  authenticationEnabled: false,
  allowExternalResources: true,
  ...window.Config,
};

/** Every address built by the app goes through here. */
export function serverUrl(path: string): string {
  return config.basename + path;
}

/** What an exporter has to be given: where this page came from. */
export function collectorEndpoint(): string {
  return window.location.origin + config.basename;
}
