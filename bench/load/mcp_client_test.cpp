#include "tests/support/catch.hpp"

#include "bench/load/mcp_client.hpp"

#include <optional>

using orch::bench::call_shape;
using orch::bench::mcp_client;
using orch::bench::verdict;

namespace {

/// Keeps what is sent; the test plays the server.
class spoken_client final : public mcp_client {
public:
    spoken_client() : mcp_client({{}, "/mcp"}, 3) {}

    void open(then ready) override { shake_hands(std::move(ready)); }
    void hear(std::string_view message) { receive(message); }

    std::string said;

private:
    void send(const std::string& message) override { said = message; }
};

std::optional<verdict> verdict_on(std::string_view message, const call_shape& shape = {}) {
    spoken_client client;
    std::optional<verdict> told;
    client.call(shape, [&](verdict judged) { told = judged; });
    client.hear(message);
    return told;
}

} // namespace

TEST_CASE("client calls echo with a nonce of its session and call", "[bench][mcp_client]") {
    spoken_client client;
    client.call({"echo", 4}, [](verdict) {});
    CHECK(client.said == R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo",)"
                         R"("arguments":{"nonce":"3-1","text":"xxxx"}}})");
}

TEST_CASE("client takes only the answer to its own call for right", "[bench][mcp_client]") {
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1"}})") == verdict::right);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","result":{"nonce":"3-1"},"id":1})") == verdict::right);
    const std::string_view wrong = GENERATE(
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-2"}})",
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"4-1"}})",
        R"({"jsonrpc":"2.0","id":10,"result":{"nonce":"3-1"}})");
    CAPTURE(wrong);
    CHECK(verdict_on(wrong) == verdict::wrong);
}

TEST_CASE("client takes a blob that is too short for wrong", "[bench][mcp_client]") {
    const call_shape blob{"blob", 4, 100};
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1"}})", blob) ==
          verdict::wrong);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1","text":")" +
                         std::string(100, 'x') + "\"}}",
                     blob) == verdict::right);
}

TEST_CASE("client tells errors from wrong answers", "[bench][mcp_client]") {
    const std::string_view error =
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"3-1","isError":true}})";
    CHECK(verdict_on(error) == verdict::failed);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"\"3-1\""}})") ==
          verdict::failed);
    CHECK(verdict_on(error, {"fail"}) == verdict::right);
}

TEST_CASE("client passes messages of the server on beside the answer", "[bench][mcp_client]") {
    spoken_client client;
    std::string noticed;
    std::optional<verdict> told;
    client.on_notice([&](std::string_view message) { noticed = message; });
    client.call({}, [&](verdict judged) { told = judged; });
    client.hear(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    CHECK(noticed.find("list_changed") != std::string::npos);
    CHECK_FALSE(told);
}

TEST_CASE("client does not go on when the handshake fails or a message is uncalled for",
          "[bench][mcp_client]") {
    spoken_client client;
    client.open([] {});
    CHECK_THROWS(client.hear(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600}})"));
    CHECK_THROWS(client.hear(R"({"jsonrpc":"2.0","id":2,"result":{}})"));
}
