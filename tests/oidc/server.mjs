// A certified OpenID Connect server in the form of gov.br's Login Único, for one test.
//
// node server.mjs '{"port": …, "client_id": …, "client_secret": …, "redirect_uri": …, "level": …}'
// prints "ready" when it listens. Whoever enters types the CPF they want to be.

import { generateKeyPairSync } from "node:crypto";

import { Provider } from "oidc-provider";

const given = JSON.parse(process.argv[2]);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const provider = new Provider(`http://127.0.0.1:${given.port}/`, {
  clients: [{
    client_id: given.client_id,
    client_secret: given.client_secret,
    redirect_uris: [given.redirect_uri],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "RS256",
  }],
  // The key's name stays when the server is started again with another one.
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "rsa1", alg: "RS256" }] },
  cookies: { keys: ["a key of the tests"] },
  pkce: { required: () => true },
  scopes: ["openid", "profile", "govbr_confiabilidades_idtoken"],
  claims: {
    openid: ["sub"],
    profile: ["name", "social_name"],
    govbr_confiabilidades_idtoken: ["reliability_info"],
  },
  conformIdTokenClaims: false,
  routes: { authorization: "/authorize", token: "/token", jwks: "/jwk", end_session: "/logout" },
  ttl: { IdToken: 60 },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Pessoa de Outro Servidor", reliability_info: { level: given.level } }),
  }),
});

provider.listen(given.port, "127.0.0.1", () => console.log("ready"));
