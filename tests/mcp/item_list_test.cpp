#include "mcp/item_list.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch;
using namespace orch::mcp;
using model::list_kind;

namespace {

result<item_page_reading> read_page(const std::string& payload,
                                    const list_shape& shape = shape_of(list_kind::tools)) {
    std::string line = R"({"jsonrpc":"2.0","id":1,"result":)" + payload + "}";
    const auto message = parse_server_line(line);
    REQUIRE(message.has_value());
    return read_item_page(line, *message, shape);
}

} // namespace

TEST_CASE("tools keep the bytes of their definitions", "[mcp][item_list]") {
    const std::string first = R"({ "description":"é\u00e9", "name" : "a", "x":1e400000 })";
    const std::string second = R"({"name":"b\u002ec","inputSchema":{"name":"inner"}})";
    const auto reading = read_page(R"({"tools" : [ )" + first + " ,\r" + second +
                                   R"( ],"nextCursor": "c\"1" })");
    REQUIRE(reading.has_value());
    REQUIRE(reading->page.items.size() == 2);
    CHECK(reading->page.items[0].name == "a");
    CHECK(reading->page.items[0].definition == first);
    CHECK(reading->page.items[1].name == "b.c");
    CHECK(reading->page.items[1].definition == second);
    CHECK(reading->page.next_cursor == R"("c\"1")");
    CHECK(reading->skipped == 0);
}

TEST_CASE("tools without a usable name are left out and counted", "[mcp][item_list]") {
    const auto reading = read_page(
        R"({"tools":[{},{"name":1},{"name":""},{"name":"a","name":"b"},{"name":"a","Name":"b"},7,)"
        R"({"name":"\u0000"},{"name":")" +
        std::string(257, 'x') + R"("},{"name":")" + std::string(256, 'x') +
        R"("}],"nextCursor":""})");
    REQUIRE(reading.has_value());
    CHECK(reading->skipped == 8);
    REQUIRE(reading->page.items.size() == 1);
    CHECK(reading->page.items[0].name.size() == 256);
    CHECK(reading->page.next_cursor.empty());
}

TEST_CASE("a malformed page is refused as a whole", "[mcp][item_list]") {
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

TEST_CASE("raw line breaks in a definition become blanks", "[mcp][item_list]") {
    const auto reading = read_page("{\"tools\":[{\"name\":\r\n\"a\",\n\"d\":\"x\\ny\"}]}");
    REQUIRE(reading.has_value());
    CHECK(reading->page.items.at(0).definition == R"({"name":  "a", "d":"x\ny"})");
}

TEST_CASE("each list has its own member and key", "[mcp][item_list]") {
    const auto resources = read_page(
        R"({"resources":[{"name":"n","uri":"file:///a"},{"name":"n"}]})",
        shape_of(list_kind::resources));
    REQUIRE(resources.has_value());
    REQUIRE(resources->page.items.size() == 1);
    CHECK(resources->page.items[0].name == "file:///a");
    CHECK(resources->skipped == 1);
    const auto templates = read_page(R"({"resourceTemplates":[{"uriTemplate":"t://{id}"}]})",
                                     shape_of(list_kind::resource_templates));
    REQUIRE(templates.has_value());
    CHECK(templates->page.items.at(0).name == "t://{id}");
    CHECK_FALSE(read_page(R"({"tools":[]})", shape_of(list_kind::prompts)).has_value());
}

TEST_CASE("a list is found by its method", "[mcp][item_list]") {
    for (const auto kind : model::all_list_kinds) {
        const auto* found = find_list(shape_of(kind).method);
        REQUIRE(found != nullptr);
        CHECK(found->kind == kind);
    }
    CHECK(find_list("tools/call") == nullptr);
}

TEST_CASE("a public name replaces only the name of the item", "[mcp][item_list]") {
    const model::listed_item original{
        "a", R"({ "x":{"name":"a"}, "description":"\"name\":\"a\"", "name" : "a" ,"y":["name"]})"};
    CHECK(renamed(original, "a") == original.definition);
    CHECK(
        renamed(original, "srv__a") ==
        R"({ "x":{"name":"a"}, "description":"\"name\":\"a\"", "name" : "srv__a" ,"y":["name"]})");
}

TEST_CASE("what a definition says for people", "[mcp][item_list]") {
    const auto words = [](std::string_view definition) {
        const auto [title, description] = words_of({"a", std::string(definition)});
        return title + "|" + description;
    };
    CHECK(words(R"({"name":"a","description":"Adds \"two\"","title":"Sum"})") ==
          "Sum|Adds \"two\"");
    CHECK(words(R"({"name":"a","annotations":{"title":"Older","x":1}})") == "Older|");
    CHECK(words(R"({"name":"a","title":"New","annotations":{"title":"Older"}})") == "New|");
    CHECK(words(R"({"name":"a","inputSchema":{"title":"not this","description":"nor this"}})") ==
          "|");
    CHECK(words(R"({"name":"a","title":7,"description":null,"annotations":[]})") == "|");
}

TEST_CASE("a list joins the definitions", "[mcp][item_list]") {
    const auto& tools = shape_of(list_kind::tools);
    CHECK(list_result(tools, {}) == R"({"tools":[]})");
    const std::string joined = list_result(tools, {R"({"name":"a"})", R"({"name":"b"})"});
    CHECK(joined == R"({"tools":[{"name":"a"},{"name":"b"}]})");
    CHECK_NOTHROW(boost::json::parse(joined));
    CHECK(list_result(shape_of(list_kind::resource_templates), {}, "c\"1") ==
          R"({"resourceTemplates":[],"nextCursor":"c\"1"})");
}
