#include "actors/own_secrets.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using actors::own_secrets;

namespace {

own_secrets secrets_of_remote() {
    model::server_definition server;
    server.url = "https://example.com/mcp?key=query-canary&mode=fast&bare-canary-0#part";
    server.headers = {{"Authorization", "Bearer token-canary-1"}, {"X-Api-Key", "header-canary"}};
    return own_secrets(server);
}

} // namespace

TEST_CASE("what a server was given is taken out of what it says", "[actors][secrets]") {
    const auto secrets = secrets_of_remote();
    CHECK(secrets.hidden("rejected Bearer token-canary-1 / header-canary") ==
          "rejected [secret] / [secret]");
    CHECK(secrets.hidden("no token-canary-1, nor token-canary-1") == "no [secret], nor [secret]");
    CHECK(secrets.hidden("GET /mcp?key=query-canary&mode=fast&bare-canary-0") ==
          "GET /mcp?key=[secret]&mode=fast&[secret]");
    CHECK(secrets.hidden("nothing to see") == "nothing to see");
    CHECK(secrets.hidden("") == "");
    CHECK(secrets.found_in("a header-canary b"));
    CHECK_FALSE(secrets.found_in("a header b"));
    CHECK(own_secrets().hidden("all stays") == "all stays");
}

TEST_CASE("variables are secrets, but for short values", "[actors][secrets]") {
    model::server_definition server;
    server.env = {{"TOKEN", "12345678"},
                  {"LONGER", "0123456789"},
                  {"DEBUG", "true"},
                  {"QUOTED", "line\n\"quoted\""}};
    const own_secrets secrets(server);
    CHECK(secrets.hidden("TOKEN=12345678 DEBUG=true") == "TOKEN=[secret] DEBUG=true");
    // The longer one has the shorter one in it.
    CHECK(secrets.hidden("0123456789") == "[secret]");
    CHECK(secrets.hidden(R"({"env":"line\n\"quoted\""})") == R"({"env":"[secret]"})");
}

TEST_CASE("a secret that a cut ends is taken out, too", "[actors][secrets]") {
    const auto secrets = secrets_of_remote();
    CHECK(secrets.hidden("rejected header-cana") == "rejected [secret]");
    CHECK(secrets.hidden("rejected token-canary") == "rejected [secret]");
    // Fewer bytes tell too little.
    CHECK(secrets.hidden("rejected header-") == "rejected header-");
}
