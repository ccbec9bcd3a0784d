#include "api/openapi/document.hpp"

#include "api/openapi/operations.hpp"
#include "api/routes.hpp"
#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "tests/support/catch.hpp"

#include <boost/json/parse.hpp>

#include <fstream>
#include <set>

using namespace orch;
using namespace orch::api;

namespace {

struct inner {
    int count = 0;
};
BOOST_DESCRIBE_STRUCT(inner, (), (count))

struct outer {
    std::string name;
    std::optional<bool> wanted;
    std::vector<inner> list;
    std::map<std::string, double> shares;
    raw_json anything;
};
BOOST_DESCRIBE_STRUCT(outer, (), (name, wanted, list, shares, anything))

template <direction Way>
std::string schema() {
    std::string text;
    json_writer out(text);
    print_schema<outer, Way>(out);
    return text;
}

const std::string before = R"({"type":"object","properties":{"name":{"type":"string"},"wanted":)";
const std::string nullable = R"({"anyOf":[{"type":"boolean"},{"type":"null"}]})";
const std::string after =
    R"(,"list":{"type":"array","items":{"type":"object","properties":{"count":{"type":"integer"}},)"
    R"("required":["count"],"additionalProperties":false}},)"
    R"("shares":{"type":"object","additionalProperties":{"type":"number"}},"anything":{}},)";

} // namespace

TEST_CASE("a schema says what is printed and what is read", "[api][openapi]") {
    CHECK(schema<direction::answer>() ==
          before + nullable + after +
              R"("required":["name","wanted","list","shares","anything"],)"
              R"("additionalProperties":false})");
    CHECK(schema<direction::request>() == before + R"({"type":"boolean"})" + after +
                                              R"("required":["name","list","shares","anything"],)"
                                              R"("additionalProperties":false})");
}

TEST_CASE("every route of the REST API is described, every description belongs to a route",
          "[api][openapi]") {
    std::set<handler> routed;
    for (const auto& route : routes()) {
        INFO(route.method << " " << route.pattern);
        routed.insert(route.run);
        if (route.pattern.starts_with("/api/")) {
            CHECK(operation_of(route.run) != nullptr);
        }
    }
    std::set<handler> described;
    for (const auto& one : operations()) {
        INFO(one.summary);
        CHECK(routed.contains(one.run));
        CHECK(described.insert(one.run).second);
        CHECK(one.answer != nullptr);
        CHECK_FALSE(one.summary.ends_with('.'));
    }
}

TEST_CASE("the document holds every described route once, with its parameters and permission",
          "[api][openapi]") {
    const auto document = boost::json::parse(openapi_document(routes(), "1.2"));
    CHECK(document.at("openapi") == "3.1.0");
    CHECK(document.at("info").at("version") == "1.2");
    const auto& paths = document.at("paths").as_object();
    std::set<std::string> ids;
    std::size_t count = 0;
    for (const auto& path : paths) {
        for (const auto& operation : path.value().as_object()) {
            INFO(operation.key() << " " << path.key());
            CHECK(ids.emplace(operation.value().at("operationId").as_string()).second);
            CHECK(operation.value().at("responses").as_object().contains("default"));
            ++count;
        }
    }
    std::size_t described = 0;
    for (const auto& route : routes()) {
        described += operation_of(route.run) != nullptr ? 1 : 0;
    }
    CHECK(count == described);
    const auto& member = paths.at("/api/projects/{project}/members/{member}").at("put");
    CHECK(member.at("x-permission") == "write_members");
    CHECK(member.at("parameters").as_array().size() == 2);
    CHECK(member.at("parameters").at(1).at("name") == "member");
    CHECK(member.at("requestBody").as_object().contains("content"));
    CHECK(paths.at("/api/users/login").at("post").at("security").as_array().empty());
}

TEST_CASE("the dashboard's types are those of the API", "[api][openapi]") {
    std::ifstream file(ORCH_SOURCE_DIR "/web/src/api/openapi.sha256");
    std::string digest;
    REQUIRE(file >> digest);
    INFO("start it and run tools/api-types URL");
    CHECK(crypto::to_hex(crypto::sha256(openapi_document(routes(), ""))) == digest);
}
