#include "actors/sealed_values.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace orch;
using actors::open_values;
using actors::seal_values;

namespace {

struct keyed {
    test::temporary_directory directory;
    crypto::secret_box box = crypto::secret_box::open({directory.file("key")}).value();
    project_id project = project_id::random();
    server_id server = server_id::random();
    actors::sealed_place env{project, server, "env"};
};

const model::name_value_list values{{"TOKEN", "s3cret"}, {"EMPTY", ""}, {"TOKEN", "twice \"\\\n"}};

} // namespace

TEST_CASE_METHOD(keyed, "sealed values open as they were, in order", "[actors]") {
    const auto sealed = seal_values(box, env, values);
    CHECK(sealed.find("s3cret") == std::string::npos);
    CHECK(open_values(box, env, sealed).value() == values);
    CHECK(open_values(box, env, seal_values(box, env, {})).value().empty());
}

TEST_CASE_METHOD(keyed, "sealed values open for no other server and no other kind", "[actors]") {
    const auto sealed = seal_values(box, env, values);
    REQUIRE(open_values(box, env, sealed).has_value());
    CHECK_FALSE(open_values(box, {project, server_id::random(), "env"}, sealed).has_value());
    CHECK_FALSE(open_values(box, {project_id::random(), server, "env"}, sealed).has_value());
    CHECK_FALSE(open_values(box, {project, server, "headers"}, sealed).has_value());
}

TEST_CASE_METHOD(keyed, "altered values are refused", "[actors]") {
    auto sealed = seal_values(box, env, values);
    sealed.back() = static_cast<char>(sealed.back() ^ 1);
    CHECK_FALSE(open_values(box, env, sealed).has_value());
}

TEST_CASE_METHOD(keyed, "sealed text that is no list of pairs is refused", "[actors]") {
    const std::string context = "projects/" + project.to_string() + "/servers/" +
                                server.to_string() + "/env";
    const auto opens = [&](const char* text) {
        return open_values(box, env, box.seal(text, context)).has_value();
    };
    CHECK(opens(R"([["a","b"]])"));
    for (const char* text : {"", "{}", "[1]", R"([["a"]])", R"([["a",1]])", R"([["a","b","c"]])"}) {
        CHECK_FALSE(opens(text));
    }
}

TEST_CASE_METHOD(keyed, "values that were sealed without their project still open", "[actors]") {
    const auto former = box.seal(R"([["a","b"]])", "servers/" + server.to_string() + "/env");
    CHECK(open_values(box, env, former).value() == model::name_value_list{{"a", "b"}});
    CHECK_FALSE(open_values(box, {project, server, "headers"}, former).has_value());
    CHECK_FALSE(open_values(box, {project, server_id::random(), "env"}, former).has_value());
}
