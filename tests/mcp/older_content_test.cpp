#include "mcp/older_content.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch::mcp;

namespace {

constexpr auto oldest = revision::v2024_11_05;
constexpr auto batching = revision::v2025_03_26;
constexpr auto linking = revision::v2025_06_18;

/// What a client of that revision gets of a result.
std::string older(std::string result, revision client) {
    return rewritten(result, older_content(result, {0, result.size()}, client));
}

const std::string file_link =
    R"({"type":"resource_link","uri":"file:///a b","name":"a","mimeType":"text/plain",)"
    R"("description":"the \"first\"","annotations":{"priority":1.0}})";
const std::string linked_text =
    R"({"type":"text","text":"a: file:///a b (text/plain)\nthe \"first\"",)"
    R"("annotations":{"priority":1.0}})";
const std::string audio = R"({"data":"UklGRg==", "type":"audio","mimeType":"audio/wav"})";

} // namespace

TEST_CASE("links to resources are text for clients that know none", "[mcp][older_content]") {
    const auto result = R"({ "content":[{"type":"text","text":"see"}, )" + file_link +
                        R"(],"x":1})";
    const auto wanted = R"({ "content":[{"type":"text","text":"see"}, )" + linked_text +
                        R"(],"x":1})";
    CHECK(older(result, oldest) == wanted);
    CHECK(older(result, batching) == wanted);
    CHECK(older(result, linking) == result);
    CHECK(older(result, latest_revision) == result);
}

TEST_CASE("audio is a note for clients that know none", "[mcp][older_content]") {
    const auto result = R"({"content":[)" + audio + R"(]})";
    const auto said = older(result, oldest);
    CHECK(said == R"({"content":[{"type":"text","text":"[audio (audio/wav) was left out: this )"
                  R"(client speaks protocol revision 2024-11-05, which has none]"}]})");
    CHECK(older(result, batching) == result);
}

TEST_CASE("structured content goes where there is text", "[mcp][older_content]") {
    struct row {
        std::string given;
        std::string wanted;
    };
    const std::string text = R"("content":[{"type":"text","text":"1"}])";
    const std::string made = R"("content":[{"type":"text","text":"{\"n\":1}"}])";
    const auto [given, wanted] = GENERATE_COPY(values<row>({
        {"{" + text + R"(,"structuredContent":{"n":1}})", "{" + text + "}"},
        {R"({"structuredContent" : {"n":[1,{}]} , )" + text + "}", "{ " + text + "}"},
        {"{" + text + R"( , "structuredContent":{"n":1}, "isError":false})",
         "{" + text + R"( ,  "isError":false})"},
        {R"({"structuredContent":{"n":1},"content":[ ]})", "{" + made + "}"},
        {R"({"structuredContent":{"n":1}})", "{" + made + "}"},
        // Only the result's own member is meant.
        {R"({"content":[{"type":"text","text":"structuredContent"}]})",
         R"({"content":[{"type":"text","text":"structuredContent"}]})"},
    }));
    CAPTURE(given);
    CHECK(older(given, batching) == wanted);
    CHECK(older(given, linking) == given);
}

TEST_CASE("messages of prompts and samplings are read, too", "[mcp][older_content]") {
    const auto prompt = R"({"messages":[{"role":"user","content":)" + file_link +
                        R"(},{"role":"user","content":{"type":"text","text":"x"}}]})";
    CHECK(older(prompt, oldest) ==
          R"({"messages":[{"role":"user","content":)" + linked_text +
              R"(},{"role":"user","content":{"type":"text","text":"x"}}]})");
    const auto sampling = R"({"messages":[{"role":"user","content":[)" + audio +
                          R"(]}],"maxTokens":5})";
    const auto said = boost::json::parse(older(sampling, oldest));
    CHECK(said.at("messages").at(0).at("content").at(0).at("type").as_string() == "text");
    CHECK(said.at("maxTokens") == 5);
}

TEST_CASE("what only looks like such content passes as it is", "[mcp][older_content]") {
    for (const std::string result :
         {R"({"content":[{"type":"text","text":"say \"resource_link\" and \"audio\""}]})",
          R"({"content":[{"type":"resource","resource":{"uri":"a:b","text":"\"audio\""}}]})",
          R"({"content":[{"type":"future","kind":"resource_link"}]})",
          R"({"content":"resource_link","structuredContentX":1})", R"(["resource_link"])",
          R"({"content":[{"type":"resource_link")", R"({"content":{"a":"audio")", ""}) {
        CAPTURE(result);
        CHECK(older(result, oldest) == result);
    }
}

TEST_CASE("titles, icons and unknown members stay", "[mcp][older_content]") {
    const std::string tool =
        R"({"name":"a","title":"A","icons":[{"src":"x"}],"inputSchema":{"outputSchema":1},)"
        R"("annotations":{"title":"B"},"_meta":{"k":1},"execution":{"taskSupport":"optional"}})";
    CHECK(older_tool(tool, oldest) == tool);
}

TEST_CASE("output schemas go for clients that know none", "[mcp][older_content]") {
    const std::string schema = R"("outputSchema":{"type":"object","properties":{}})";
    const std::string rest = R"("inputSchema":{"properties":{"outputSchema":{}}})";
    for (const auto& tool : {R"({"name":"a",)" + schema + "," + rest + "}",
                             R"({"name":"a",)" + rest + "," + schema + "}"}) {
        CAPTURE(tool);
        CHECK(older_tool(tool, batching) == R"({"name":"a",)" + rest + "}");
        CHECK(older_tool(tool, linking) == tool);
    }
    CHECK(older_tool("{" + schema + "}", oldest) == "{}");
}
