#include "mcp/json_rpc.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

#include <random>

using namespace orch::mcp;

namespace {

/// Writes random JSON with random blanks between its tokens.
class json_generator {
public:
    explicit json_generator(unsigned seed) : random_(seed) {}

    std::string value(int depth = 0) {
        switch (pick(depth > 3 ? 4 : 6)) {
        case 0: return std::to_string(pick(1'000'000));
        case 1: return pick(2) == 0 ? "null" : "true";
        case 2: return R"("a\n\"b\\")";
        case 3: return R"("plain é text")";
        case 4: return array(depth);
        default: return object(depth);
        }
    }
    std::string blank() {
        constexpr std::string_view blanks[] = {"", " ", "\n", "\r\n", "\t"};
        return std::string(blanks[pick(5)]);
    }
    std::size_t pick(std::size_t below) { return random_() % below; }

private:
    std::string array(int depth) {
        std::string out = "[" + blank();
        for (std::size_t i = 0, size = pick(4); i < size; ++i) {
            out += (i == 0 ? "" : ",") + blank() + value(depth + 1) + blank();
        }
        return out + "]";
    }
    std::string object(int depth) {
        std::string out = "{" + blank();
        for (std::size_t i = 0, size = pick(4); i < size; ++i) {
            out += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\"" + blank() + ":" + blank() +
                   value(depth + 1) + blank();
        }
        return out + "}";
    }

    std::mt19937 random_;
};

} // namespace

TEST_CASE("splicing replaces slices and leaves the rest alone", "[mcp][json_rpc]") {
    const std::string_view text = "0123456789";
    CHECK(splice_line(text, {}) == text);
    CHECK(splice_line(text, {{{0, 1}, "ab"}}) == "ab123456789");
    CHECK(splice_line(text, {{{9, 1}, ""}}) == "012345678");
    CHECK(splice_line(text, {{{1, 2}, "x"}, {{3, 1}, "y"}, {{8, 2}, "z"}}) == "0xy4567z");
    CHECK(splice_line("a\r\nb\nc", {{{0, 1}, "x\n"}}) == "x   b c");
}

TEST_CASE("a spliced message means the same but for its id", "[mcp][json_rpc]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    json_generator generate(seed);
    for (int round = 0; round < 2'000; ++round) {
        const std::string id = generate.pick(2) == 0 ? "17" : R"("an \"id\"")";
        const auto gap = [&] {
            return generate.blank();
        };
        std::string text = gap() + "{" + gap() + R"("jsonrpc":"2.0")" + gap() + "," + gap() +
                           "\"id\"" + gap() + ":" + gap() + id + gap() + R"(,"method":"m")" +
                           gap() + "," + gap() + "\"params\":" + gap() +
                           "{\"a\":" + generate.value() + "}" + gap() + "}" + gap();
        CAPTURE(text);
        const auto message = parse_client_message(text);
        REQUIRE(message.has_value());
        REQUIRE(message->id.of(text) == id);
        const std::string line = splice_line(text, {{message->id, "424242"}});
        REQUIRE(line.find_first_of("\r\n") == std::string::npos);
        auto expected = boost::json::parse(text);
        expected.as_object()["id"] = 424242;
        REQUIRE(boost::json::parse(line) == expected);

        std::string back = line;
        const auto again = parse_client_message(back);
        REQUIRE(again.has_value());
        REQUIRE(boost::json::parse(splice_line(back, {{again->id, id}})) ==
                boost::json::parse(text));
    }
}

TEST_CASE("composed messages are valid whatever text they carry", "[mcp][json_rpc]") {
    const std::string nasty("\"\\\n\r\0\xff é", 9);
    CHECK(make_request("1", "ping", "") == R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    CHECK(make_notification("n", "{}") == R"({"jsonrpc":"2.0","method":"n","params":{}})");
    CHECK(make_result("\"a\"", "{}") == R"({"jsonrpc":"2.0","id":"a","result":{}})");
    CHECK(make_error("1", -32603, "x") ==
          R"({"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"x"}})");
    CHECK(make_error("", -32700, "x", "[1]") ==
          R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"x","data":[1]}})");
    for (const std::string& text : {make_request("1", nasty, "{}"), make_error("1", 1, nasty)}) {
        CAPTURE(text);
        CHECK_NOTHROW(boost::json::parse(text));
        CHECK(text.find_first_of("\r\n") == std::string::npos);
    }
}
