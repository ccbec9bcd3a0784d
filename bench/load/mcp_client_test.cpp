#include "tests/support/catch.hpp"

#include "bench/load/mcp_client.hpp"

#include <optional>

using orch::bench::mcp_client;

namespace {

/// Keeps what is sent; the test plays the server.
class spoken_client final : public mcp_client {
public:
    spoken_client() : mcp_client({{}, "/mcp", 4}, 3) {}

    void open(then ready) override { shake_hands(std::move(ready)); }
    void hear(std::string_view message) { receive(message); }

    std::string said;

private:
    void send(const std::string& message) override { said = message; }
};

std::optional<bool> verdict_on(std::string_view message) {
    spoken_client client;
    std::optional<bool> verdict;
    client.call([&](bool is_right) { verdict = is_right; });
    client.hear(message);
    return verdict;
}

} // namespace

TEST_CASE("client calls echo with a nonce of its session and call", "[bench][mcp_client]") {
    spoken_client client;
    client.call([](bool) {});
    CHECK(client.said == R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo",)"
                         R"("arguments":{"nonce":"3-1","text":"xxxx"}}})");
}

TEST_CASE("client takes only the answer to its own call for right", "[bench][mcp_client]") {
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1"}})") == true);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","result":{"nonce":"3-1"},"id":1})") == true);
    const std::string_view wrong = GENERATE(
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-2"}})",
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"4-1"}})",
        R"({"jsonrpc":"2.0","id":10,"result":{"nonce":"3-1"}})",
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1","isError":true}})",
        R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"\"3-1\""}})");
    CAPTURE(wrong);
    CHECK(verdict_on(wrong) == false);
}

TEST_CASE("client does not go on when the handshake fails or a message is uncalled for",
          "[bench][mcp_client]") {
    spoken_client client;
    client.open([] {});
    CHECK_THROWS(client.hear(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600}})"));
    CHECK_THROWS(client.hear(R"({"jsonrpc":"2.0","id":2,"result":{}})"));
}
