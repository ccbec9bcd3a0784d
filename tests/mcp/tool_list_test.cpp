#include "mcp/tool_list.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch;
using namespace orch::mcp;

namespace {

result<tool_page_reading> read_page(const std::string& payload) {
    std::string line = R"({"jsonrpc":"2.0","id":1,"result":)" + payload + "}";
    const auto message = parse_server_line(line);
    REQUIRE(message.has_value());
    return read_tool_page(line, *message);
}

} // namespace

TEST_CASE("tools keep the bytes of their definitions", "[mcp][tool_list]") {
    const std::string first = R"({ "description":"é\u00e9", "name" : "a", "x":1e400000 })";
    const std::string second = R"({"name":"b\u002ec","inputSchema":{"name":"inner"}})";
    const auto reading = read_page(R"({"tools" : [ )" + first + " ,\r" + second +
                                   R"( ],"nextCursor": "c\"1" })");
    REQUIRE(reading.has_value());
    REQUIRE(reading->page.tools.size() == 2);
    CHECK(reading->page.tools[0].name == "a");
    CHECK(reading->page.tools[0].definition == first);
    CHECK(reading->page.tools[1].name == "b.c");
    CHECK(reading->page.tools[1].definition == second);
    CHECK(reading->page.next_cursor == R"("c\"1")");
    CHECK(reading->skipped == 0);
}

TEST_CASE("tools without a usable name are left out and counted", "[mcp][tool_list]") {
    const auto reading = read_page(
        R"({"tools":[{},{"name":1},{"name":""},{"name":"a","name":"b"},{"name":"a","Name":"b"},7,)"
        R"({"name":"\u0000"},{"name":")" +
        std::string(257, 'x') + R"("},{"name":")" + std::string(256, 'x') +
        R"("}],"nextCursor":""})");
    REQUIRE(reading.has_value());
    CHECK(reading->skipped == 8);
    REQUIRE(reading->page.tools.size() == 1);
    CHECK(reading->page.tools[0].name.size() == 256);
    CHECK(reading->page.next_cursor.empty());
}

TEST_CASE("a malformed page is refused as a whole", "[mcp][tool_list]") {
    for (const std::string_view payload :
         {R"([])", R"({})", R"({"tools":{}})", R"({"tools":[],"tools":[]})",
          R"({"tools":[{"name":"a","x":tru}]})", R"({"tools":[{"name":"a","x":[1},"y":{]}]})",
          R"({"tools":[{"name":"a","x":01}]})", R"({"tools":[{"name":"a\q"}]})",
          R"({"tools":[],"nextCursor":7})", R"({"tools":[{"name":"a"},]})"}) {
        CAPTURE(payload);
        const auto reading = read_page(std::string(payload));
        REQUIRE_FALSE(reading.has_value());
        CHECK(reading.error().code == errc::protocol_violation);
    }
    const std::string deep = std::string(200, '[') + std::string(200, ']');
    CHECK_FALSE(read_page(R"({"tools":[{"name":"a","x":)" + deep + "}]}").has_value());
}

TEST_CASE("raw line breaks in a definition become blanks", "[mcp][tool_list]") {
    const auto reading = read_page("{\"tools\":[{\"name\":\r\n\"a\",\n\"d\":\"x\\ny\"}]}");
    REQUIRE(reading.has_value());
    CHECK(reading->page.tools.at(0).definition == R"({"name":  "a", "d":"x\ny"})");
}

TEST_CASE("a public name replaces only the name of the tool", "[mcp][tool_list]") {
    const model::tool original{
        "a", R"({ "x":{"name":"a"}, "description":"\"name\":\"a\"", "name" : "a" ,"y":["name"]})"};
    const listed_tool same = with_name(original, "a");
    CHECK(same.definition == original.definition);
    const listed_tool renamed = with_name(original, "srv__a");
    CHECK(renamed.public_name == "srv__a");
    CHECK(
        renamed.definition ==
        R"({ "x":{"name":"a"}, "description":"\"name\":\"a\"", "name" : "srv__a" ,"y":["name"]})");
}

TEST_CASE("a list of tools joins their definitions", "[mcp][tool_list]") {
    CHECK(tools_result({}) == R"({"tools":[]})");
    const std::string joined = tools_result({{"a", R"({"name":"a"})"}, {"b", R"({"name":"b"})"}});
    CHECK(joined == R"({"tools":[{"name":"a"},{"name":"b"}]})");
    CHECK_NOTHROW(boost::json::parse(joined));
}
