// A real OpenID Connect provider for the tests: people log in as whom the header X-User says.
// Arguments: the clients, as JSON. It says its port when it is ready, and ends with its standard input.

import http from "node:http";
import Provider from "oidc-provider";

const clients = JSON.parse(process.argv[2]);
const people = new Map();

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
};

const server = http.createServer();
await new Promise((ready) => server.listen(0, "localhost", ready));
const { port } = server.address();

const provider = new Provider(`http://localhost:${port}`, {
  clients: clients.map((client) => ({
    redirect_uris: ["http://localhost/"],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    ...client,
  })),
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name", "picture", "groups", "role", "realm", "custom"],
  },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  pkce: { required: (_, client) => client.clientId.includes("pkce") || client.clientId === "public" },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});
// Servers under test choose their ports themselves.
provider.Client.prototype.redirectUriAllowed = (uri) => new URL(uri).hostname === "localhost";

const handler = provider.callback();
server.on("request", async (request, response) => {
  const [, place, name] = request.url.split("/");
  if (place === "people") {
    people.set(decodeURIComponent(name), await body(request));
    response.writeHead(204).end();
  } else if (place === "interaction") {
    const user = request.headers["x-user"];
    const answer = user
      ? { login: { accountId: user } }
      : { error: "access_denied", error_description: "<img src=x onerror=alert(1)>" };
    await provider.interactionFinished(request, response, answer);
  } else {
    handler(request, response);
  }
});

process.stdin.on("end", () => process.exit(0)).resume();
console.log(`ready ${port}`);
