import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  admin,
  cookiesOf,
  createSettledUser,
  createUser,
  settle,
  startAuthServer,
  type AuthServer,
} from "./support/access";
import { accessibilityProblems, open, screenshot, type Theme } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { projectName } from "./support/server";
import { supportQuestion } from "./support/story";
import type { Page } from "playwright-core";

const member = { email: "mia@example.com", password: "mia-has-a-password" };
const viewer = { email: "victor@example.com", password: "victor-has-one-too" };
/** Browsers write every 401 into the console. */
const refusals = /status of (401|429|503|422)|ERR_FAILED|ApiError/;

let server: AuthServer;

beforeAll(async () => {
  server = await startAuthServer({
    // Nobody answers there; the buttons and forms are shown all the same.
    PHOENIX_LDAP_HOST: "127.0.0.1",
    PHOENIX_LDAP_PORT: "9",
    PHOENIX_LDAP_TLS_MODE: "none",
    PHOENIX_LDAP_USER_SEARCH_BASE_DNS: '["ou=people,dc=example,dc=com"]',
    PHOENIX_LDAP_USER_SEARCH_FILTER: "(uid=%s)",
    PHOENIX_LDAP_ATTR_EMAIL: "mail",
    PHOENIX_LDAP_GROUP_ROLE_MAPPINGS: `[{"group_dn":"*","role":"MEMBER"}]`,
    PHOENIX_OAUTH2_ACME_CLIENT_ID: "phoenix",
    PHOENIX_OAUTH2_ACME_CLIENT_SECRET: "not-used",
    PHOENIX_OAUTH2_ACME_OIDC_CONFIG_URL: "http://127.0.0.1:9/.well-known/openid-configuration",
    PHOENIX_OAUTH2_ACME_DISPLAY_NAME: "Acme",
    PHOENIX_SMTP_HOSTNAME: "127.0.0.1",
    PHOENIX_SMTP_PORT: "9",
    PHOENIX_MANAGEMENT_URL: "http://127.0.0.1:9/hosting",
  });
  await settle(server.base, admin.email, admin.password, `${admin.password}-2`);
  admin.password = `${admin.password}-2`;
  await createSettledUser(server.base, member.email, "MEMBER", member.password);
  await createSettledUser(server.base, viewer.email, "VIEWER", viewer.password);
}, 180_000);

afterAll(() => server?.stop());

/** Somebody whom no other test knows, for those that change who they are or what they own. */
async function newcomer(role: "MEMBER" | "VIEWER"): Promise<{ name: string; email: string; password: string }> {
  const name = projectName("person");
  const person = { name, email: `${name}@example.com`, password: `${name}-has-a-password` };
  await createSettledUser(server.base, person.email, role, person.password);
  return person;
}

type Options = { theme?: Theme; expected?: RegExp };

const visit = (path: string, options: Options = {}) => open(path, { at: server.base, expected: refusals, ...options });

async function logIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password", exact: true }).first().fill(password);
  await page.keyboard.press("Enter");
}

describe("logging in", () => {
  it("leads to the page that was asked for", async () => {
    const page = await visit("/projects?q=shop&timeRangeKey=12h");
    await page.waitForURL(/\/login\?returnUrl=/);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe("email");
    await screenshot(page, "login-light");
    await logIn(page, member);
    await page.waitForURL(`${server.base}/projects?q=shop&timeRangeKey=12h`);
    await page.getByRole("button", { name: "Account: mia" }).waitFor();
  });

  it("does not lead to another site", async () => {
    const page = await visit("/login?returnUrl=%2F%2Fevil.example%2Fprojects");
    await logIn(page, member);
    await page.waitForURL(`${server.base}/projects`);
  });

  it("says when the password is wrong, and keeps the address", async () => {
    const page = await visit("/login", { theme: "dark" });
    await logIn(page, { ...member, password: "not-mine" });
    await page.getByRole("alert").getByText("Invalid email and/or password").waitFor();
    expect(await page.getByRole("textbox", { name: "Email" }).inputValue()).toBe(member.email);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "login-refused-dark");
  });

  it("says when there were too many attempts, or the server is away", async () => {
    const page = await visit("/login");
    await page.route("**/auth/login", (route) => route.fulfill({ status: 429, body: "Too Many Requests" }));
    await logIn(page, member);
    await page.getByRole("alert").getByText("Wait a few minutes").waitFor();
    await page.unroute("**/auth/login");
    await page.route("**/auth/login", (route) => route.abort());
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.getByRole("alert").getByText("Could not reach the server").waitFor();
    expect(await page.getByRole("textbox", { name: "Password", exact: true }).first().inputValue()).toBe(
      member.password,
    );
  }, 30_000);

  it("through the directory says when the directory does not answer", async () => {
    const page = await visit("/login");
    await page.getByRole("textbox", { name: "Directory user name" }).fill("mia");
    await page.getByRole("textbox", { name: "Password", exact: true }).nth(1).fill("secret");
    await page.getByRole("button", { name: "Log in with the directory" }).click();
    await page.getByRole("alert").getByText("not ready to answer").waitFor();
  });

  it("through a provider begins there with the page to come back to; its refusal is explained", async () => {
    const page = await visit("/login?returnUrl=%2Fprojects%3Fq%3Da");
    const link = page.getByRole("link", { name: "Log in with Acme" });
    expect(await link.getAttribute("href")).toBe("/oauth2/acme/login?returnUrl=%2Fprojects%3Fq%3Da");
    await link.click();
    // Nobody answers at the provider's address.
    await page.getByRole("alert").getByText("Logging in did not work").waitFor();
    expect(await page.getByRole("link", { name: "Log in with Acme" }).isVisible()).toBe(true);
  });

  it("begins at the provider by itself when the address says so, unless it has just failed", async () => {
    const page = await visit("/login?trigger=acme&error=sign_in_not_allowed");
    await page.getByRole("alert").getByText("You are not allowed to log in here").waitFor();
    const asked = page.waitForRequest("**/oauth2/acme/login?**");
    await page.goto(`${server.base}/login?trigger=acme`);
    await asked;
    await page.getByRole("alert").waitFor();
  });

  it("never shows a text from the address", async () => {
    const page = await visit("/login?message=Call+0800-EVIL&error=%3Cb%3Ecall%3C/b%3E");
    await page.getByRole("alert").getByText("Logging in did not work").waitFor();
    expect(await page.getByText("EVIL").count()).toBe(0);
  });
});

describe("a password", () => {
  it("that was forgotten is asked for without telling who has an account", async () => {
    const page = await visit("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByRole("textbox", { name: "Email" }).fill("nobody@example.com");
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("status").getByText("If there is an account with this address").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "forgot-password-sent-light");
  });

  it("is chosen anew with the link from the mail, while the link works", async () => {
    const page = await visit("/reset-password-with-token?token=spent", { theme: "dark" });
    await page.getByRole("textbox", { name: "New password", exact: true }).fill("a-new-password");
    await page.getByRole("textbox", { name: "Repeat the new password" }).fill("another");
    await page.getByText("The two passwords differ.").waitFor();
    await screenshot(page, "reset-password-dark");
    await page.getByRole("textbox", { name: "Repeat the new password" }).fill("a-new-password");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("alert").getByText("This link is not valid any more").waitFor();
    await page.goto(`${server.base}/reset-password-with-token?token=good`);
    await page.route("**/auth/password-reset", (route) => route.fulfill({ status: 204 }));
    await page.getByRole("textbox", { name: "New password", exact: true }).fill("a-new-password");
    await page.getByRole("textbox", { name: "Repeat the new password" }).fill("a-new-password");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.waitForURL(/message=password-reset/);
    await page.getByRole("status").getByText("Your password is changed").waitFor();
  });

  it("that somebody else chose is replaced before anything else", async () => {
    const fresh = { email: `${projectName("nina")}@example.com`, password: "chosen-by-admin" };
    await createUser(server.base, fresh.email, "MEMBER", fresh.password);
    const page = await visit("/projects?q=x");
    await logIn(page, fresh);
    await page.waitForURL(/\/reset-password\?returnUrl=/);
    await screenshot(page, "forced-reset-light");
    await page.getByRole("textbox", { name: "Current password" }).fill("wrong-password");
    await page.getByRole("textbox", { name: "New password", exact: true }).fill("chosen-by-nina");
    await page.getByRole("textbox", { name: "Repeat the new password" }).fill("chosen-by-nina");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByRole("textbox", { name: "Current password" }).fill(fresh.password);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.waitForURL(/\/login\?message=password-reset/);
    await logIn(page, { ...fresh, password: "chosen-by-nina" });
    await page.waitForURL(`${server.base}/projects?q=x`);
  });
});

describe("a session", () => {
  it("is refreshed once, without anybody noticing", async () => {
    const page = await visit("/projects");
    await logIn(page, member);
    await page.getByRole("button", { name: "Account: mia" }).waitFor();
    const refreshes: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/auth/refresh")) refreshes.push(request.url());
    });
    await page.context().clearCookies({ name: "phoenix-access-token" });
    await page.getByRole("searchbox", { name: "Search projects by name" }).fill("anything");
    await expect.poll(() => refreshes.length).toBe(1);
    await page.getByRole("heading", { name: /Send a trace|No projects found/ }).waitFor();
    expect(await page.getByRole("alertdialog").count()).toBe(0);
  });

  it("that ended is begun again over the page, and what was typed is kept", async () => {
    const page = await visit("/projects");
    await logIn(page, member);
    await page.getByRole("button", { name: "Account: mia" }).waitFor();
    await page.context().clearCookies();
    await page.getByRole("searchbox", { name: "Search projects by name" }).fill("typed before");
    const dialog = page.getByRole("alertdialog", { name: "Your session has ended" });
    await dialog.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "session-expired-light");
    expect(await dialog.getByRole("textbox", { name: "Email" }).inputValue()).toBe(member.email);
    await dialog.getByRole("textbox", { name: "Password", exact: true }).fill(member.password);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: "No projects found" }).waitFor();
    expect(await page.getByRole("searchbox", { name: "Search projects by name" }).inputValue()).toBe("typed before");
  });

  it("of somebody else shows nothing of what the first person had read", async () => {
    const page = await visit("/projects?q=mine");
    await logIn(page, member);
    await page.getByRole("button", { name: "Account: mia" }).waitFor();
    await page.context().clearCookies();
    await page.getByRole("searchbox", { name: "Search projects by name" }).fill("x");
    const dialog = page.getByRole("alertdialog", { name: "Your session has ended" });
    await dialog.getByRole("textbox", { name: "Email" }).fill(viewer.email);
    await dialog.getByRole("textbox", { name: "Password", exact: true }).fill(viewer.password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Account: victor" }).waitFor();
  });

  it("ends everywhere when the person logs out", async () => {
    const page = await visit("/projects");
    await logIn(page, viewer);
    await page.getByRole("button", { name: "Account: victor" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.waitForURL(`${server.base}/login`);
    await page.goto(`${server.base}/projects`);
    await page.waitForURL(/\/login\?returnUrl=/);
  });
});

describe("an empty project", () => {
  it("fills the key in for those who may send, and tells the others that they may not", async () => {
    const project = projectName("nobody-sent-anything");
    const page = await visit(`/redirects/projects/${project}`);
    await logIn(page, await newcomer("MEMBER"));
    await page.getByRole("radio", { name: "curl" }).click();
    await page.getByRole("button", { name: "Create an API key" }).click();
    const key = page.getByLabel("API key", { exact: true });
    await expect.poll(() => key.innerText()).toMatch(/^export PHOENIX_API_KEY=ey\S{40,}$/);
    await screenshot(page, "first-trace-key-light");
    const code = `${await key.innerText()}\n${await page.getByLabel("first trace", { exact: true }).innerText()}`;
    execFileSync("bash", ["-c", code], { stdio: "ignore" });
    await page.getByRole("link", { name: "answer" }).waitFor();

    const reader = await visit("/redirects/projects/nobody-sent-this-either");
    await logIn(reader, viewer);
    await reader.getByText("Your account may only read").waitFor();
    expect(await reader.getByRole("button", { name: "Create an API key" }).count()).toBe(0);
    await reader.goto(`${server.base}/projects?q=${project}`);
    await reader.getByRole("button", { name: `Actions on ${project}` }).click();
    await reader.getByRole("menuitem", { name: "Copy name" }).waitFor();
    expect(await reader.getByRole("menuitem").allInnerTexts()).toEqual(["Copy name", "Copy id"]);
    await reader.keyboard.press("Escape");
    expect(await reader.getByRole("button", { name: "New project" }).count()).toBe(0);
  });
});

describe("somebody who may only read", () => {
  it("reads everything and is offered nothing that the server would refuse", async () => {
    const project = projectName("read-by-a-viewer");
    const traceId = await sendTrace(
      project,
      { ...supportQuestion, attributes: { ...supportQuestion.attributes, "session.id": "viewed" } },
      { to: server.base, headers: { cookie: await cookiesOf(server.base, member.email, member.password) } },
    );
    const page = await visit(`/redirects/traces/${traceId}`);
    await logIn(page, viewer);
    const trace = page.getByRole("treegrid", { name: "Spans of the trace" });
    await trace.getByText("search_policies", { exact: true }).click();
    const details = page.getByRole("article", { name: "Span search_policies" });
    await details.waitFor();
    await details.getByRole("tab", { name: /^Annotations/ }).click();
    await details.getByText("Nobody has annotated this yet").waitFor();
    const writing = /annotate\b|labels|note|delete|edit/i;
    expect(
      await page.getByRole("button", { name: writing }).evaluateAll((all) => all.map((one) => one.outerHTML)),
    ).toEqual([]);
    await page.keyboard.press("1");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await keys.waitFor();
    expect(await keys.getByText(/annotate/i).count()).toBe(0);
    await screenshot(page, "viewer-keys-light");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    for (const tab of ["Traces", "Spans", "Sessions"]) {
      await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: tab }).click();
      await page.getByRole("grid", { name: tab }).getByRole("row").nth(1).waitFor();
      await page.getByRole("button", { name: "Select all loaded rows" }).click();
      const selection = page.getByRole("toolbar", { name: "Selection" });
      await selection.getByRole("button", { name: "Copy as JSON" }).waitFor();
      expect(await selection.getByRole("button", { name: "Annotate" }).count()).toBe(0);
      await selection.getByRole("button", { name: "Clear selection" }).click();
    }
  });

  it("is led to where the server is hosted only when that is theirs to look after", async () => {
    const page = await visit("/projects");
    await logIn(page, viewer);
    await page.getByRole("button", { name: /^Account: / }).click();
    await page.getByRole("menuitem", { name: "Log out" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Management console" }).count()).toBe(0);
    const other = await visit("/projects");
    await logIn(other, admin);
    await other.getByRole("button", { name: /^Account: / }).click();
    await other.evaluate(() => {
      window.open = (address) => ((document.title = `opened ${String(address)}`), null);
    });
    await other.getByRole("menuitem", { name: "Management console" }).click();
    await expect.poll(() => other.title()).toBe("opened http://127.0.0.1:9/hosting");
  });
});

describe("one's own account", () => {
  it("has a name that can be changed, and a password", async () => {
    const person = await newcomer("VIEWER");
    const renamed = `${person.name}-renamed`;
    const page = await visit("/profile/account");
    await logIn(page, person);
    const name = page.getByRole("textbox", { name: "User name", exact: true });
    await name.fill(renamed);
    await page.getByRole("button", { name: "Save user name" }).click();
    await page.getByRole("status").getByText("User name saved").waitFor();
    await page.getByRole("button", { name: `Account: ${renamed}` }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "profile-account-light");
    await page.getByRole("button", { name: "Change password" }).click();
    const dialog = page.getByRole("dialog", { name: "Change password" });
    await dialog.getByRole("textbox", { name: "Current password" }).fill(person.password);
    await dialog.getByRole("textbox", { name: "New password", exact: true }).fill("has-a-new-password");
    await dialog.getByRole("textbox", { name: "Repeat the new password" }).fill("has-a-new-password");
    await dialog.getByRole("button", { name: "Change password" }).click();
    await page.waitForURL(/\/login\?message=password-reset/);
    await cookiesOf(server.base, person.email, "has-a-new-password");
  });

  it("has keys, each shown once, until they are deleted", async () => {
    const page = await visit("/profile/api-keys", { theme: "dark" });
    await logIn(page, await newcomer("VIEWER"));
    await page.getByText("You have no API keys.").waitFor();
    await page.getByRole("button", { name: "New API key" }).click();
    const form = page.getByRole("dialog", { name: "New API key" });
    await form.getByRole("textbox", { name: "Name" }).fill("laptop");
    await screenshot(page, "api-key-new-dark");
    await page.keyboard.press("Enter");
    const shown = page.getByRole("alertdialog", { name: "API key laptop" });
    const key = (await shown.getByLabel("API key", { exact: true }).innerText()).trim();
    expect(key.length).toBeGreaterThan(20);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "api-key-created-dark");
    const answer = await fetch(`${server.base}/v1/projects`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    // Nothing but saying so closes it.
    await page.keyboard.press("Escape");
    await shown.getByRole("button", { name: "I have copied it" }).click();
    // While it fades, its title no longer names the key.
    await page.getByRole("alertdialog").waitFor({ state: "hidden" });
    const row = page.getByRole("row").filter({ hasText: "laptop" });
    await row.waitFor();
    expect(await page.content()).not.toContain(key);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "api-keys-dark");
    await row.getByRole("button", { name: "Delete API key laptop" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("You have no API keys.").waitFor();
    const refused = await fetch(`${server.base}/v1/projects`, { headers: { authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(401);
  });
});

describe.each(["light", "dark"] as Theme[])("the pages around an account, in the %s theme,", (theme) => {
  const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

  async function looked(page: Page, name: string): Promise<void> {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await screenshot(page, `${name}-${size}-${theme}`);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    }
  }

  it("have no accessibility problem, at any width", async () => {
    const page = await visit("/login", { theme });
    await page.getByRole("button", { name: "Log in", exact: true }).waitFor();
    await looked(page, "login");
    await page.goto(`${server.base}/forgot-password`);
    await page.getByRole("textbox", { name: "Email" }).waitFor();
    await looked(page, "forgot-password");
    await page.goto(`${server.base}/reset-password-with-token?token=spent`);
    await page.getByRole("textbox").first().waitFor();
    await looked(page, "new-password");
    await page.goto(`${server.base}/login?returnUrl=%2Fprofile%2Faccount`);
    await page.getByRole("textbox", { name: "Email" }).waitFor();
    await logIn(page, await newcomer("MEMBER"));
    await page.getByRole("textbox", { name: "User name", exact: true }).waitFor();
    await looked(page, "account");
    await page.goto(`${server.base}/profile/api-keys`);
    await page.getByText("You have no API keys.").waitFor();
    await looked(page, "api-keys-none");
  }, 60_000);
});
