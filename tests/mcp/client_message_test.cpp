#include "mcp/json_rpc.hpp"
#include "mcp/request_params.hpp"

#include "mcp/tool_name.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace orch::mcp;

namespace {

struct refusal {
    std::string text;
    int rpc_code;
    std::string_view detail; ///< part of the sentence
    std::string_view id = {};
};

std::string nested(std::size_t levels) {
    // The message itself and params are two of the levels.
    return R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":)" + std::string(levels - 2, '[') +
           std::string(levels - 2, ']') + "}}";
}

std::string with_value(std::string_view value) {
    return R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":)" + std::string(value) + "}}";
}

std::string with_id(std::string_view id) {
    return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":"m"})";
}

std::string ping(std::string_view more) {
    return R"({"jsonrpc":"2.0","id":7,"method":"ping")" + std::string(more) + "}";
}

void check_refusals(const std::vector<refusal>& table) {
    for (const refusal& row : table) {
        std::string text = row.text;
        CAPTURE(text, row.detail);
        const auto message = parse_client_message(text);
        REQUIRE_FALSE(message.has_value());
        CHECK(message.error().rpc_code == row.rpc_code);
        CHECK_THAT(message.error().detail, Catch::Contains(std::string(row.detail)));
        CHECK(message.error().id == row.id);
        CHECK(text == row.text);
    }
}

} // namespace

TEST_CASE("a call is taken apart into slices of its own bytes", "[mcp][json_rpc]") {
    std::string text =
        " {\"jsonrpc\" : \"2.0\" , \"id\" : \"a\\\"1\" ,\n \"method\":\"tools/call\", "
        "\"params\" : {\"name\":\"x\" , \"arguments\":{ \"k\":[1, 2 ] } } \t} ";
    const auto message = parse_client_message(text);
    REQUIRE(message.has_value());
    CHECK(message->kind == message_kind::request);
    CHECK(message->id.of(text) == "\"a\\\"1\"");
    CHECK(message->method.of(text) == "tools/call");
    CHECK(message->params.of(text) == R"({"name":"x" , "arguments":{ "k":[1, 2 ] } })");
    CHECK_FALSE(message->result.present());
    CHECK_FALSE(message->error.present());
}

TEST_CASE("the kind of a client message follows from its members", "[mcp][json_rpc]") {
    const std::vector<std::pair<std::string, message_kind>> table{
        {R"({"jsonrpc":"2.0","id":1,"method":"ping"})", message_kind::request},
        {R"({"jsonrpc":"2.0","method":"notifications/initialized"})", message_kind::notification},
        {R"({"jsonrpc":"2.0","id":1,"result":{}})", message_kind::response},
        {R"({"jsonrpc":"2.0","id":1,"result":null})", message_kind::response},
        {R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}})", message_kind::response},
        {R"({"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}})", message_kind::response},
        {R"({"jsonrpc":"2.0","error":{"code":1,"message":""}})", message_kind::response},
        {R"({"method":"m","params":[1],"jsonrpc":"2.0"})", message_kind::notification}};
    for (const auto& [source, kind] : table) {
        std::string text = source;
        CAPTURE(text);
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        CHECK(message->kind == kind);
    }
}

TEST_CASE("ids stay as they were written", "[mcp][json_rpc]") {
    for (const std::string_view id :
         {"0", "-1", "-0", "9007199254740993", "123456789012345678901234567890123", "\"\"",
          "\"\\u0031\"", "\"\\ud800\"", "\"Zoë\"", "\"a\\\\\""}) {
        std::string text = with_id(id);
        CAPTURE(text);
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        CHECK(message->id.of(text) == id);
        std::string answer = make_result(message->id.of(text), "{}");
        const auto read_back = parse_server_line(answer);
        REQUIRE(read_back.has_value());
        CHECK(read_back->id.of(answer) == id);
    }
}

TEST_CASE("legal values of any range are accepted as they are", "[mcp][json_rpc]") {
    for (const std::string_view value :
         {"1e400000", "-1E-400000", "123456789012345678901234567890", "0.1e+5", "-0", "[]", "{}",
          "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
          "\"\xf0\x9f\x98\x80\"", "\"\x7f\"", "{\"\":1,\"\":2}", "{\"name\":1,\"name\":2}",
          "{\"Method\":1,\"\\u0069d\":2}", "[ [ ] , { } ]", "null"}) {
        std::string text = with_value(value);
        CAPTURE(text);
        CHECK(parse_client_message(text).has_value());
    }
}

TEST_CASE("malformed JSON anywhere in the body is a parse error", "[mcp][json_rpc]") {
    using namespace std::string_literals;
    std::vector<refusal> table{
        {"", code::parse_error, "empty"},
        {"  \n", code::parse_error, "not valid JSON"},
        {"tru", code::parse_error, "not valid JSON"},
        {"nulll", code::parse_error, "not valid JSON"},
        {"1 2", code::parse_error, "not valid JSON"},
        {"\"a", code::parse_error, "closing quote"},
        {"\xef\xbb\xbf{}", code::parse_error, "not valid JSON"},
        {ping("") + "x", code::parse_error, "not valid JSON"},
        {ping("") + "{}", code::parse_error, "follows"},
        {ping("") + "}", code::parse_error, "follows"},
        {ping("") + "\0"s, code::parse_error, "not valid JSON"},
        {ping(","), code::parse_error, "near byte"},
        {ping(",\"x\""), code::parse_error, "near byte"},
        {ping(",\"x\":"), code::parse_error, "near byte"},
        {ping(" \"x\":1"), code::parse_error, "near byte"},
        {ping(",x:1"), code::parse_error, "near byte"},
        {ping(",\"x\" 1"), code::parse_error, "near byte"},
        {ping(",\"x\\q\":1"), code::parse_error, "escape"},
        {ping(",\"x\":\xff"), code::parse_error, "UTF-8"},
        {R"({"jsonrpc":"2.0","id":1,"method":"m")", code::parse_error, "not valid JSON"},
        {R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1})", code::parse_error,
         "not valid JSON"}};
    for (const std::string& value : {"tru"s,
                                     "True"s,
                                     "nul"s,
                                     "falsey"s,
                                     "01"s,
                                     "-"s,
                                     "+1"s,
                                     ".5"s,
                                     "1."s,
                                     "1e"s,
                                     "1e+"s,
                                     "0x10"s,
                                     "NaN"s,
                                     "Infinity"s,
                                     "1\"a\""s,
                                     "true\"a\""s,
                                     "\"a\"b"s,
                                     "\"\\q\""s,
                                     "\"\\u12g4\""s,
                                     "\"\\u123\""s,
                                     "\"a\nb\""s,
                                     "\"a\tb\""s,
                                     "\"a\0b\""s,
                                     "\0"s,
                                     "\x0c"s,
                                     "1\x0c"s,
                                     "[1,]"s,
                                     "[,1]"s,
                                     "[1 2]"s,
                                     "[1}"s,
                                     "{]"s,
                                     "{\"a\":1]"s,
                                     "{\"a\":1,}"s,
                                     "{\"a\"}"s,
                                     "{a:1}"s,
                                     "{1:1}"s,
                                     "{\"a\":}"s,
                                     "'a'"s,
                                     "/*c*/1"s,
                                     "1//c"s,
                                     "\"\xc0\x80\""s,
                                     "\"\xed\xa0\x80\""s,
                                     "\"\xf5\x80\x80\x80\""s,
                                     "\"\xe2\x82\""s,
                                     "\xc3\xa9"s,
                                     "\xe2\x80\xa8"s,
                                     ""s,
                                     ","s,
                                     ":"s}) {
        table.push_back({with_value(value), code::parse_error, "not valid JSON"});
    }
    check_refusals(table);
}

TEST_CASE("objects and arrays may nest 64 levels deep and no deeper", "[mcp][json_rpc]") {
    std::string deep = nested(64);
    CHECK(parse_client_message(deep).has_value());
    check_refusals({{nested(65), code::invalid_request, "nested too deep"},
                    {nested(100'000), code::invalid_request, "at most 64 levels"}});
    std::string shallow = nested(3);
    CHECK_FALSE(parse_client_message(shallow, {.depth_max = 2}).has_value());
}

TEST_CASE("batches and bare values are no requests", "[mcp][json_rpc]") {
    check_refusals({{"[" + ping("") + "]", code::invalid_request, "a batch is accepted in"},
                    {"[]", code::invalid_request, "a batch is accepted in"},
                    {"42", code::invalid_request, "not a JSON object"},
                    {" \"a\" ", code::invalid_request, "not a JSON object"},
                    {"null", code::invalid_request, "not a JSON object"}});
}

TEST_CASE("the shape of JSON-RPC is demanded", "[mcp][json_rpc]") {
    check_refusals(
        {{R"({"id":7,"method":"m"})", code::invalid_request, "\"jsonrpc\" is missing", "7"},
         {R"({"jsonrpc":"1.0","id":7,"method":"m"})", code::invalid_request, "not \"2.0\"", "7"},
         {R"({"jsonrpc":2.0,"id":7,"method":"m"})", code::invalid_request, "not \"2.0\"", "7"},
         {R"({"jsonrpc":"2\u002e0","id":7,"method":"m"})", code::invalid_request, "2.0", "7"},
         {with_id("null"), code::invalid_request, "\"id\" is null"},
         {with_id("1.5"), code::invalid_request, "\"id\" is neither"},
         {with_id("1e2"), code::invalid_request, "\"id\" is neither"},
         {with_id("true"), code::invalid_request, "\"id\" is neither"},
         {with_id("{}"), code::invalid_request, "\"id\" is neither"},
         {with_id("[1]"), code::invalid_request, "\"id\" is neither"},
         {R"({"jsonrpc":"2.0","id":7})", code::invalid_request, "neither \"method\"", "7"},
         {R"({"jsonrpc":"2.0","id":7,"method":1})", code::invalid_request, "\"method\"", "7"},
         {R"({"jsonrpc":"2.0","id":7,"method":""})", code::invalid_request, "empty", "7"},
         {R"({"jsonrpc":"2.0","id":7,"method":"\u006d"})", code::invalid_request, "escape", "7"},
         {ping(R"(,"params":1)"), code::invalid_request, "\"params\" is neither", "7"},
         {ping(R"(,"params":null)"), code::invalid_request, "\"params\" is neither", "7"},
         {ping(R"(,"result":1)"), code::invalid_request, "both \"method\" and", "7"},
         {ping(R"(,"error":{})"), code::invalid_request, "both \"method\" and", "7"},
         {R"({"jsonrpc":"2.0","id":7,"result":1,"error":{}})", code::invalid_request, "both", "7"},
         {R"({"jsonrpc":"2.0","id":7,"error":"x"})", code::invalid_request, "\"error\" is not",
          "7"},
         {R"({"jsonrpc":"2.0","result":1})", code::invalid_request, "no \"id\""},
         {R"({"jsonrpc":"2.0","id":null,"result":1})", code::invalid_request, "null"},
         {R"({"method":5,"jsonrpc":"2.0","id":"late"})", code::invalid_request, "\"method\"",
          "\"late\""}});
}

TEST_CASE("protocol keys must be unique and written exactly", "[mcp][json_rpc]") {
    std::vector<refusal> table{
        {ping(R"(,"id":8)"), code::invalid_request, "\"id\" appears twice in the message"},
        {ping(R"(,"\u0069d":8)"), code::invalid_request, "the key \"id\" in another spelling"}};
    for (const std::string_view key : {"method", "params", "jsonrpc", "result", "error"}) {
        std::string upper(key);
        upper.front() = static_cast<char>(upper.front() & ~0x20);
        table.push_back({ping(",\"" + upper + "\":{}"), code::invalid_request, key});
        table.push_back({ping(",\"" + std::string(key) + "\":{},\"" + std::string(key) + "\":{}"),
                         code::invalid_request, "appears twice"});
    }
    for (const std::string_view key :
         {"name", "arguments", "_meta", "uri", "cursor", "protocolVersion"}) {
        const std::string twice = ",\"params\":{\"" + std::string(key) + "\":1,\"" +
                                  std::string(key) + "\":2}";
        table.push_back({ping(twice), code::invalid_request, "appears twice in params", "7"});
    }
    for (const std::string_view variant :
         {"Name", "NAME", "n\\u0061me", "N\\u0041me", "argument\xc5\xbf", "\\u005fmeta", "URI"}) {
        table.push_back({ping(",\"params\":{\"" + std::string(variant) + "\":1}"),
                         code::invalid_request, "params has the key", "7"});
    }
    for (const std::string_view variant : {"progresstoken",
                                           "progressTo\xe2\x84\xaa"
                                           "en",
                                           "progre\\u0073sToken"}) {
        table.push_back({ping(",\"params\":{\"_meta\":{\"" + std::string(variant) + "\":1}}"),
                         code::invalid_request, "params._meta has the key \"progressToken\"", "7"});
    }
    check_refusals(table);

    std::string harmless = ping(
        R"(,"params":{"names":1,"na me":2,"arguments":{"Name":1,"name":2}})");
    CHECK(parse_client_message(harmless).has_value());
}

TEST_CASE("long strings pass and keep their place", "[mcp][json_rpc]") {
    const std::string value = "\"" + std::string(1 << 20, 'x') + "\"";
    std::string text = with_value(value);
    const auto message = parse_client_message(text);
    REQUIRE(message.has_value());
    CHECK(message->params.of(text) == "{\"a\":" + value + "}");
    std::string broken = with_value("\"" + std::string(1 << 20, 'x') + "\\q\"");
    CHECK_FALSE(parse_client_message(broken).has_value());
    std::string small = ping("");
    CHECK(parse_client_message(small).has_value());
}

TEST_CASE("damaged messages are refused or read inside their bounds", "[mcp][json_rpc]") {
    const std::string sound = ping(
        R"(,"params":{"name":"tool","arguments":{"a":[1,{"b":"\u00e9"}],"c":null},"_meta":{}})");
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view alphabet = "{}[]:,\"\\ue0-. t\n\x01\xc3\xff";
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = sound;
        for (auto edits = random() % 3 + 1; edits > 0 && !text.empty(); --edits) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
            case 0: text[at] = alphabet[random() % alphabet.size()]; break;
            case 1: text.erase(at, random() % 8); break;
            default: text.insert(at, 1, alphabet[random() % alphabet.size()]);
            }
        }
        const std::string before = text;
        const auto message = parse_client_message(text);
        REQUIRE(text == before);
        if (message) {
            ++accepted;
            REQUIRE(message->id.of(text).size() == message->id.size);
            REQUIRE(message->params.offset + message->params.size <= text.size());
            (void)parse_request_params(text, *message, request_target::tool);
        } else {
            REQUIRE_FALSE(message.error().detail.empty());
        }
        (void)parse_server_line(text);
    }
    CHECK(accepted > 0);
}

TEST_CASE("the parts of a call are found in its params", "[mcp][json_rpc]") {
    std::string text = ping(
        R"(,"params":{"_meta":{"x":1,"progressToken":"p\"1" },"name":"t\u00f6ol","arguments": {"a":1} })");
    const auto message = parse_client_message(text);
    REQUIRE(message.has_value());
    const auto params = parse_request_params(text, *message, request_target::tool);
    REQUIRE(params.has_value());
    CHECK(params->named == "töol");
    CHECK(params->name.of(text) == R"("t\u00f6ol")");
    CHECK(params->arguments.of(text) == R"({"a":1})");
    CHECK(params->progress_token.of(text) == R"("p\"1")");

    std::string bare = ping(R"(,"params":{"name":"t"})");
    const auto bare_params = parse_request_params(bare, *parse_client_message(bare),
                                                  request_target::tool);
    REQUIRE(bare_params.has_value());
    CHECK_FALSE(bare_params->arguments.present());
    CHECK_FALSE(bare_params->progress_token.present());
}

TEST_CASE("a call without a proper name or arguments has invalid params", "[mcp][json_rpc]") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "\"params\""},
        {R"(,"params":[])", "\"params\""},
        {R"(,"params":{})", "params.name"},
        {R"(,"params":{"name":1})", "params.name"},
        {R"(,"params":{"name":"a","arguments":[]})", "params.arguments"},
        {R"(,"params":{"name":"a","arguments":null})", "params.arguments"}};
    for (const auto& [more, member] : table) {
        std::string text = ping(more);
        CAPTURE(text);
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        const auto params = parse_request_params(text, *message, request_target::tool);
        REQUIRE_FALSE(params.has_value());
        CHECK(params.error().rpc_code == code::invalid_params);
        CHECK(params.error().id == "7");
        CHECK_THAT(params.error().detail, Catch::Contains(member));
    }
}

TEST_CASE("an id may have 256 bytes and no more, and a longer one is not repeated",
          "[mcp][json_rpc]") {
    const auto quoted = [](std::size_t bytes) {
        return '"' + std::string(bytes - 2, 'x') + '"';
    };
    for (const auto& longest : {quoted(token_bytes_max), std::string(token_bytes_max, '7')}) {
        std::string text = R"({"jsonrpc":"2.0","method":"ping","id":)" + longest + "}";
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        CHECK(message->id.of(text) == longest);
    }
    for (const auto& longer : {quoted(token_bytes_max + 1), std::string(token_bytes_max + 1, '7'),
                               quoted(1'000'000), '[' + quoted(1'000'000) + ']'}) {
        for (std::string text : {R"({"jsonrpc":"2.0","method":"ping","id":)" + longer + "}",
                                 R"({"jsonrpc":"2.0","id":)" + longer + R"(,"method":"ping"})",
                                 R"({"jsonrpc":"2.0","result":{},"id":)" + longer + "}"}) {
            const auto message = parse_client_message(text);
            REQUIRE_FALSE(message.has_value());
            CHECK(message.error().rpc_code == code::invalid_request);
            CHECK(message.error().detail == "\"id\" is longer than 256 bytes");
            CHECK(message.error().id.empty());
        }
    }
}

TEST_CASE("names of tools and progress tokens of a call may have 256 bytes", "[mcp][json_rpc]") {
    const auto call = [](const std::string& name, const std::string& token) {
        return ping(R"(,"params":{"name":")" + name + R"(","_meta":{"progressToken":")" + token +
                    R"("}})");
    };
    const auto read = [](std::string text) {
        return parse_request_params(text, parse_client_message(text).value(), request_target::tool);
    };
    const std::string longest_name(tool_name_max, 'n');
    const std::string longest_token(token_bytes_max - 2, 't');
    CHECK(read(call(longest_name, longest_token)).has_value());
    const auto long_name = read(call(longest_name + 'n', "t"));
    REQUIRE_FALSE(long_name.has_value());
    CHECK(long_name.error().rpc_code == code::invalid_params);
    CHECK(long_name.error().detail == "\"params.name\" is longer than 256 bytes");
    CHECK(long_name.error().id == "7");
    const auto long_token = read(call("n", longest_token + 't'));
    REQUIRE_FALSE(long_token.has_value());
    CHECK(long_token.error().rpc_code == code::invalid_params);
    CHECK(long_token.error().detail == "\"params._meta.progressToken\" is longer than 256 bytes");
}
