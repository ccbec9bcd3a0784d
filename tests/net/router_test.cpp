#include "net/router.hpp"

#include "tests/support/catch.hpp"

using orch::net::route_index;
using outcome = route_index::match::outcome;

namespace {

route_index make_index() {
    route_index routes;
    routes.add("GET", "/", 0);
    routes.add("GET", "/projects", 1);
    routes.add("POST", "/projects", 2);
    routes.add("GET", "/projects/{project}", 3);
    routes.add("GET", "/projects/default", 4);
    routes.add("GET", "/projects/{project}/servers/{server}", 5);
    routes.add("POST", "/projects/default/servers", 6);
    return routes;
}

} // namespace

TEST_CASE("router finds the target of a method and path", "[net][router]") {
    const auto routes = make_index();
    struct row {
        std::string_view method;
        std::string_view path;
        std::size_t target;
    };
    for (const auto& [method, path, target] : {
             row{"GET", "/", 0},
             row{"GET", "", 0},
             row{"GET", "/projects", 1},
             row{"GET", "/projects/", 1},
             row{"POST", "/projects", 2},
             row{"GET", "/projects/a", 3},
             row{"GET", "/projects/a/", 3},
             row{"GET", "/%70rojects/a", 3},
             row{"GET", "/projects/default", 4},
             row{"GET", "/projects/a/servers/b", 5},
         }) {
        CAPTURE(method, path);
        const auto found = routes.find(method, path);
        REQUIRE(found.kind == outcome::found);
        CHECK(found.target == target);
    }
}

TEST_CASE("router goes back to a parameter when the literal leads nowhere", "[net][router]") {
    const auto found = make_index().find("GET", "/projects/default/servers/x");
    REQUIRE(found.kind == outcome::found);
    CHECK(found.target == 5);
    CHECK(found.values["project"] == "default");
    CHECK(found.values["server"] == "x");
}

TEST_CASE("router decodes values after it has split the path", "[net][router]") {
    const auto routes = make_index();
    const auto found = routes.find("GET", "/projects/a%2Fservers%2Fb%20c+d");
    REQUIRE(found.kind == outcome::found);
    CHECK(found.target == 3);
    CHECK(found.pattern == "/projects/{project}");
    CHECK(found.values["project"] == "a/servers/b c+d");
    CHECK(found.values["unknown"].empty());
}

TEST_CASE("router tells an unknown path from a method that is not allowed", "[net][router]") {
    const auto routes = make_index();
    for (const auto* path : {"/nothing", "/projects/a/servers", "/projects//servers/b",
                             "/projects/a/servers/b/c", "//", "/projects//", "/projects%2Fa"}) {
        CAPTURE(path);
        CHECK(routes.find("GET", path).kind == outcome::unknown_path);
    }
    const auto refused = routes.find("DELETE", "/projects");
    CHECK(refused.kind == outcome::method_not_allowed);
    CHECK(refused.allowed_methods == "GET, POST");
}

TEST_CASE("router calls bad escapes and dot segments malformed", "[net][router]") {
    const auto routes = make_index();
    for (const auto* path : {"/projects/%", "/projects/%2", "/projects/%zz", "/projects/%00",
                             "/projects/..", "/projects/%2e%2E", "/./projects"}) {
        CAPTURE(path);
        CHECK(routes.find("GET", path).kind == outcome::malformed);
    }
    CHECK(routes.find("GET", "/projects/...").kind == outcome::found);
}

TEST_CASE("router refuses endless paths without looking at each segment", "[net][router]") {
    std::string path;
    for (int i = 0; i < 100'000; ++i) {
        path += "/a";
    }
    CHECK(make_index().find("GET", path).kind == outcome::unknown_path);
}

TEST_CASE("router keeps the parameter names of each pattern apart", "[net][router]") {
    route_index routes;
    routes.add("GET", "/a/{id}", 1);
    routes.add("GET", "/a/{name}/b", 2);
    CHECK(routes.find("GET", "/a/x").values["id"] == "x");
    CHECK(routes.find("GET", "/a/x/b").values["name"] == "x");
}
