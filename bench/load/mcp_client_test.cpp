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
    void leave(then left) override { left(); }
    void stop_reading() override {}
    void hear(std::string_view message) { receive(message); }

    [[nodiscard]] const std::string& spoken_version() const { return version(); }

    std::string said;
    int disconnected = 0;

private:
    void send(const std::string& message) override { said = message; }
    void disconnect(orch::bench::client_connection::manner) override { ++disconnected; }
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
                         R"("arguments":{"nonce":"s3c1.","text":"xxxx"}}})");
}

TEST_CASE("client takes only the answer to its own call for right", "[bench][mcp_client]") {
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1."}})") == verdict::right);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","result":{"nonce":"s3c1."},"id":1})") == verdict::right);
    const std::string_view wrong = GENERATE(
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c12."}})",
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s13c1."}})",
        R"({"jsonrpc":"2.0","id":10,"result":{"nonce":"s3c1."}})");
    CAPTURE(wrong);
    CHECK(verdict_on(wrong) == verdict::wrong);
}

TEST_CASE("client takes a blob that is too short for wrong", "[bench][mcp_client]") {
    const call_shape blob{"blob", 4, 100};
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1."}})", blob) ==
          verdict::wrong);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1.","text":")" +
                         std::string(100, 'x') + "\"}}",
                     blob) == verdict::right);
}

TEST_CASE("client tells errors from wrong answers", "[bench][mcp_client]") {
    const std::string_view error =
        R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1.","isError":true}})";
    CHECK(verdict_on(error) == verdict::failed);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"\"s3c1.\""}})") ==
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
    spoken_client refused;
    refused.open([] {});
    CHECK_THROWS(refused.hear(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600}})"));
    CHECK(refused.disconnected == 1);
    spoken_client spoken_to;
    CHECK_THROWS(spoken_to.hear(R"({"jsonrpc":"2.0","id":2,"result":{}})"));
}

TEST_CASE("client of a load that goes on without it is closed and told once",
          "[bench][mcp_client]") {
    spoken_client client;
    int lost = 0;
    client.on_lost([&](const std::string&) { ++lost; });
    client.call({}, [](verdict) { FAIL("nothing was answered"); });
    client.open([] { FAIL("it is not open"); });
    client.hear(R"({"jsonrpc":"2.0","id":2,"error":{"code":-32600}})");
    client.hear(R"({"jsonrpc":"2.0","id":2,"result":{}})");
    CHECK(lost == 1);
    CHECK(client.disconnected == 1);
}

TEST_CASE("client asks for the newest version and takes what the server speaks",
          "[bench][mcp_client]") {
    spoken_client client;
    bool is_ready = false;
    client.open([&] { is_ready = true; });
    CHECK(client.said.find(R"("protocolVersion":"2025-11-25")") != std::string::npos);
    client.hear(R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18"}})");
    CHECK(is_ready);
    CHECK(client.spoken_version() == "2025-06-18");
    CHECK(client.said == R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
}

TEST_CASE("client waits on when answers to others come by", "[bench][mcp_client]") {
    spoken_client client;
    int foreign = 0;
    std::optional<verdict> told;
    client.on_foreign([&](std::string_view) { ++foreign; });
    client.hear(R"({"jsonrpc":"2.0","id":1,"result":{}})");
    client.call({}, [&](verdict judged) { told = judged; });
    client.hear(R"({"jsonrpc":"2.0","id":7,"result":{"nonce":"s4c7."}})");
    CHECK_FALSE(told);
    CHECK(foreign == 2);
    client.hear(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1."}})");
    CHECK(told == verdict::right);
}

TEST_CASE("client finds what an answer says at either end of a large one", "[bench][mcp_client]") {
    const call_shape blob{"blob", 4, 100'000};
    const std::string text(100'000, 'x');
    CHECK(verdict_on(R"({"result":{"content":[{"text":")" + text +
                         R"("}],"nonce":"s3c1."},"jsonrpc":"2.0","id":1})",
                     blob) == verdict::right);
    CHECK(verdict_on(R"({"jsonrpc":"2.0","id":1,"result":{"nonce":"s3c1.","text":")" + text +
                         R"(","isError":true}})",
                     blob) == verdict::failed);
}

TEST_CASE("client takes a list with tools for right", "[bench][mcp_client]") {
    const auto judged = [](std::string_view message) {
        spoken_client client;
        std::optional<verdict> told;
        client.list_tools([&](verdict found) { told = found; });
        client.hear(message);
        return told;
    };
    CHECK(judged(R"({"jsonrpc":"2.0","id":1,"result":{"tools":[{"inputSchema":{}}]}})") ==
          verdict::right);
    CHECK(judged(R"({"jsonrpc":"2.0","id":1,"result":{"tools":[]}})") == verdict::wrong);
    CHECK(judged(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603}})") == verdict::failed);
}
