/** What the server wrote into the page. */
export type Config = {
  /** Root path the server is reached under: empty or `/like/this`. */
  basename: string;
  platformVersion: string;
  authenticationEnabled: boolean;
  /** Nobody logs in with a password kept here. */
  basicAuthDisabled: boolean;
  ldapEnabled: boolean;
  oAuth2Idps: { name: string; displayName: string }[];
  /** The server can send mail. */
  passwordResetEmailEnabled: boolean;
  supportEmail: string | null;
  /** Where the server is hosted, for those who look after it. */
  managementUrl: string | null;
  allowExternalResources: boolean;
  /** Texts for the codes an address may carry; texts themselves never travel in one. */
  authErrorMessages: Record<string, string>;
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
  basicAuthDisabled: false,
  ldapEnabled: false,
  oAuth2Idps: [],
  passwordResetEmailEnabled: false,
  supportEmail: null,
  managementUrl: null,
  allowExternalResources: true,
  authErrorMessages: {},
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
