#include "mcp/client_batch.hpp"

#include "tests/support/catch.hpp"

using namespace orch::mcp;

namespace {

std::string ping(int id) {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"ping"})";
}

std::string pings(std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i > 0 ? "," : "") + ping(static_cast<int>(i));
    }
    return text + "]";
}

} // namespace

TEST_CASE("F6: a batch comes apart into messages with bytes of their own", "[mcp][batch]") {
    std::string text = " [ " + ping(1) + " ,\n" +
                       R"({"jsonrpc":"2.0","method":"notifications/initialized"}, )" + ping(2) +
                       "\n ] ";
    REQUIRE(is_batch(text));
    const auto messages = parse_client_batch(text);
    REQUIRE(messages.has_value());
    REQUIRE(messages->size() == 3);
    CHECK(messages->at(0).body == ping(1));
    CHECK(messages->at(0).parts.kind == message_kind::request);
    CHECK(messages->at(1).parts.kind == message_kind::notification);
    CHECK(messages->at(2).parts.id.of(messages->at(2).body) == "2");
}

TEST_CASE("F6: responses come together, but not with anything else", "[mcp][batch]") {
    const std::string result = R"({"jsonrpc":"2.0","id":1,"result":{}})";
    const std::string fault = R"({"jsonrpc":"2.0","id":2,"error":{"code":1,"message":"x"}})";
    std::string together = "[" + result + "," + fault + "]";
    CHECK(parse_client_batch(together).value().size() == 2);
    std::string mixed = "[" + result + "," + ping(1) + "]";
    CHECK_THAT(parse_client_batch(mixed).error().detail, Catch::Contains("responses beside"));
}

TEST_CASE("F6: a batch is bounded, and refused as a whole", "[mcp][batch]") {
    struct row {
        std::string text;
        int code;
        std::string detail;
    };
    const std::string deep(63, '[');
    const std::string closed(63, ']');
    for (auto& [text, code, detail] : std::vector<row>{
             {"[]", code::invalid_request, "empty"},
             {pings(batch_messages_max + 1), code::invalid_request, "more than 100"},
             {"[" + ping(1) + ",1]", code::invalid_request, "message 2 of the batch"},
             {"[[" + ping(1) + "]]", code::invalid_request, "message 1 of the batch"},
             {"[" + ping(1) + R"(,{"jsonrpc":"2.0","id":1}])", code::invalid_request,
              "message 2 of the batch: the message has neither"},
             {R"([{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}])",
              code::invalid_request, "initialize cannot"},
             {"[" + ping(1), code::parse_error, "not valid JSON"},
             {"[" + ping(1) + ",]", code::parse_error, "not valid JSON"},
             {"[" + ping(1) + "] x", code::parse_error, "not valid JSON"},
             {"[" + ping(1) + " " + ping(2) + "]", code::parse_error, "not valid JSON"},
             {std::string(100'000, '['), code::parse_error, "not valid JSON"},
             {R"([{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":)" + deep + closed + "}}]",
              code::invalid_request, "too deep"},
         }) {
        CAPTURE(text.substr(0, 80), detail);
        const auto messages = parse_client_batch(text);
        REQUIRE_FALSE(messages.has_value());
        CHECK(messages.error().rpc_code == code);
        CHECK(messages.error().id.empty());
        CHECK_THAT(messages.error().detail, Catch::Contains(detail));
    }
    std::string most = pings(batch_messages_max);
    CHECK(parse_client_batch(most).value().size() == batch_messages_max);
}

TEST_CASE("only an array is a batch", "[mcp][batch]") {
    CHECK(is_batch("\t\r\n ["));
    for (const auto* text : {"", " ", "{}", "\"[\"", "x["}) {
        CHECK_FALSE(is_batch(text));
    }
}
