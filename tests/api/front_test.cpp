#include "api/front.hpp"

#include "api/routes.hpp"
#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "tests/api/fake_exchange.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"
#include "tests/support/temporary_directory.hpp"

#include <array>
#include <map>
#include <set>
#include <string_view>
#include <type_traits>

#include <unistd.h>

using namespace orch;
using namespace orch::test;
using api::permission;
using Catch::Matchers::Contains;

namespace {

constexpr std::array dashboard{
    web::file{"/assets/a.js", "text/javascript", R"("1")", "script", {}, {}, true},
    web::file{"/index.html", "text/html", R"("2")", "<page>", {}, {}, false}};

api::api_options guarded() {
    api::api_options options;
    options.admin_token_sha256 = crypto::sha256("adm_secret");
    options.version = "1.2";
    return options;
}

/// A front on a runtime that nobody brings up.
struct facade : actor_fixture {
    facade() {
        home.id = project_id::random();
        home.name = "home";
        away.id = project_id::random();
        away.name = "away";
        model::api_key mine;
        mine.id = key_id::random();
        mine.project = home.id;
        mine.sha256 = minted.sha256;
        runtime.registry.store(
            std::make_shared<const model::registry>(registry_of({home, away}, {}, {mine})));
    }

    std::shared_ptr<fake_exchange> send(net::request request) {
        auto exchange = std::make_shared<fake_exchange>();
        if (request.header("host").empty()) {
            request.headers.emplace_back("host", "localhost:8000");
        }
        request.received_at = clock.wall();
        front.handle(std::move(request), exchange);
        return exchange;
    }
    std::shared_ptr<fake_exchange> send(std::string_view method, const std::string& path,
                                        const std::string& credential = "") {
        net::request request;
        request.method = method;
        request.path = path;
        if (!credential.empty()) {
            request.headers.emplace_back("authorization", "Bearer " + credential);
        }
        return send(std::move(request));
    }
    static int status_of(const std::shared_ptr<fake_exchange>& exchange) {
        REQUIRE(exchange->answer);
        CHECK(exchange->answers == 1);
        return exchange->answer->status;
    }
    void become_ready() { runtime.set_state(actors::readiness::ready, "ready"); }

    temporary_directory directory;
    crypto::minted_key minted = crypto::mint_key();
    model::project home;
    model::project away;
    actors::runtime runtime{{}, clock, crypto::secret_box::open({directory.file("key")}).value()};
    api::context context{runtime, system, guarded(), api::pages(dashboard)};
    api::front front{context};
};

/// The pattern with every `{name}` filled in.
std::string path_of(std::string_view pattern, const std::string& project = "home") {
    std::string path;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        path += pattern.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const auto close = pattern.find('}');
        path += pattern.substr(open, close - open) == "{project" ? project : "thing";
        pattern.remove_prefix(close + 1);
    }
    return path;
}

const std::vector<std::string> methods{"GET",   "HEAD",    "POST",  "PUT",    "DELETE",
                                       "PATCH", "OPTIONS", "TRACE", "CONNECT"};

} // namespace

TEST_CASE("every route has a handler and a method and pattern of its own", "[api][routes]") {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& route : api::routes()) {
        INFO(route.method << " " << route.pattern);
        CHECK(route.run != nullptr);
        CHECK(route.pattern.starts_with('/'));
        CHECK(seen.emplace(route.method, route.pattern).second);
    }
    CHECK(seen.size() > 40);
}

TEST_CASE("V-25: a route cannot be written down without a permission", "[api][routes]") {
    using text = std::string_view;
    STATIC_REQUIRE(std::is_constructible_v<api::route, text, text, permission, api::handler>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<api::route, text, text, api::handler>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<api::route>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<api::route>);
}

TEST_CASE("a route asks for a credential wherever its path names a project or the API",
          "[api][routes]") {
    const std::set<std::string_view> ways_in{"/api/setup", "/api/users/signup", "/api/users/login"};
    const std::set<permission> about_no_project{permission::open, permission::signed_in,
                                                permission::own_account,
                                                permission::create_projects};
    for (const auto& route : api::routes()) {
        INFO(route.method << " " << route.pattern);
        const bool named = route.pattern.find("{project}") != std::string_view::npos;
        const bool guarded = (named || route.pattern.starts_with("/api/")) &&
                             !ways_in.contains(route.pattern);
        CHECK((route.needs == permission::open) == !guarded);
        // What a role in a project allows needs the project of the path.
        const bool of_team = route.needs == permission::read_team ||
                             route.needs == permission::write_team;
        CHECK(of_team == route.pattern.starts_with("/api/teams/{team}"));
        CHECK((named || of_team || route.needs == permission::administer ||
               about_no_project.contains(route.needs)));
        CHECK_FALSE((named && about_no_project.contains(route.needs)));
    }
}

TEST_CASE_METHOD(facade, "every method and path is answered once, as its route says",
                 "[api][routes]") {
    std::map<std::string, std::map<std::string_view, permission>> table;
    for (const auto& route : api::routes()) {
        table[path_of(route.pattern)][route.method] = route.needs;
    }
    for (const auto& [path, known] : table) {
        for (const auto& method : methods) {
            INFO(method << " " << path);
            const auto exchange = send(method, path);
            const int status = status_of(exchange);
            const auto found = known.find(method);
            if (found == known.end() && exchange->route.ends_with("}")) {
                // A literal segment that has no such method is a name for another route.
                CHECK(status == 503);
            } else if (found == known.end()) {
                CHECK(status == 405);
                for (const auto& [allowed, needed] : known) {
                    CHECK_THAT(exchange->answer->headers.at(0).second,
                               Contains(std::string(allowed)));
                }
            } else if (found->second != permission::open) {
                CHECK(status == 503);
                CHECK_THAT(exchange->answer->body, Contains("Not ready: starting"));
                CHECK_FALSE(exchange->route.empty());
            }
        }
    }
}

TEST_CASE_METHOD(facade, "open routes answer while the orchestrator starts", "[api][routes]") {
    CHECK(status_of(send("GET", "/")) == 200);
    CHECK(status_of(send("GET", "/livez")) == 200);
    CHECK(status_of(send("GET", "/health")) == 503);
    CHECK(status_of(send("GET", "/readyz")) == 503);
    CHECK(status_of(send("GET", "/metrics")) == 503);
    become_ready();
    CHECK(status_of(send("GET", "/readyz")) == 200);
    const auto healthy = send("GET", "/health");
    CHECK(status_of(healthy) == 200);
    CHECK_THAT(healthy->answer->body, Contains(R"("status":"healthy")"));
    runtime.log_state->database_away = true;
    CHECK_THAT(send("GET", "/readyz")->answer->body, Contains("degraded"));
    CHECK_THAT(send("GET", "/health")->answer->body, Contains(R"("status":"warning")"));
}

TEST_CASE_METHOD(facade, "an orchestrator that refuses all calls does not call itself ready",
                 "[api][routes]") {
    become_ready();
    const auto room = runtime.options.spool.bytes_max;
    runtime.spool_usage->add(room);
    const auto refused = send("GET", "/readyz");
    CHECK(status_of(refused) == 503);
    CHECK_THAT(refused->answer->body, Contains("spool"));
    const auto unhealthy = send("GET", "/health");
    CHECK(status_of(unhealthy) == 503);
    CHECK_THAT(unhealthy->answer->body, Contains(R"("status":"unhealthy")") && Contains("spool"));
    runtime.spool_usage->subtract(room);
    CHECK(status_of(send("GET", "/readyz")) == 200);
    CHECK_THAT(send("GET", "/health")->answer->body, Contains(R"("status":"healthy")"));
}

TEST_CASE_METHOD(facade, "a database that hangs is not called healthy", "[api][routes]") {
    become_ready();
    runtime.log_state->storing_since = clock.monotonic();
    CHECK_THAT(send("GET", "/health")->answer->body, Contains(R"("status":"healthy")"));
    clock.advance(std::chrono::seconds(11));
    CHECK_THAT(send("GET", "/health")->answer->body, Contains(R"("status":"warning")"));
    CHECK_THAT(send("GET", "/readyz")->answer->body, Contains("degraded"));
}

TEST_CASE_METHOD(facade, "what is waited for meanwhile is said", "[api][routes]") {
    runtime.set_state(actors::readiness::ready, "waiting for the private PostgreSQL: no room");
    const auto ready = send("GET", "/readyz");
    CHECK(status_of(ready) == 200);
    CHECK_THAT(ready->answer->body, Contains("degraded: waiting for the private PostgreSQL"));
}

TEST_CASE_METHOD(facade, "no credential gets past any route but the open ones", "[api][routes]") {
    become_ready();
    for (const auto& route : api::routes()) {
        if (route.needs == permission::open) {
            continue;
        }
        INFO(route.method << " " << route.pattern);
        for (const auto* project : {"home", "away", "nowhere"}) {
            const auto exchange = send(route.method, path_of(route.pattern, project));
            CHECK(status_of(exchange) == 401);
            CHECK(exchange->answer->headers == net::header_list{{"WWW-Authenticate", "Bearer"}});
        }
        CHECK(status_of(send(route.method, path_of(route.pattern), "mch_wrong")) == 401);
    }
}

TEST_CASE_METHOD(facade, "a key sees no other project, not even that it is there",
                 "[api][routes]") {
    become_ready();
    for (const auto& route : api::routes()) {
        if (route.pattern.find("{project}") == std::string_view::npos) {
            continue;
        }
        INFO(route.method << " " << route.pattern);
        const auto foreign = send(route.method, path_of(route.pattern, "away"), minted.text);
        const auto by_id = send(route.method, path_of(route.pattern, away.id.to_string()),
                                minted.text);
        const auto absent = send(route.method, path_of(route.pattern, "nowhere"), minted.text);
        CHECK(status_of(foreign) == 404);
        CHECK(status_of(by_id) == 404);
        CHECK(foreign->answer->body == absent->answer->body);
        CHECK(foreign->answer->body == by_id->answer->body);
    }
}

TEST_CASE_METHOD(facade, "a key reads and calls, and changes nothing", "[api][routes]") {
    become_ready();
    const std::set<permission> of_a_key{permission::open,          permission::signed_in,
                                        permission::use_endpoints, permission::read_log,
                                        permission::read_project,  permission::call_tools};
    std::size_t refused = 0;
    for (const auto& route : api::routes()) {
        if (!of_a_key.contains(route.needs)) {
            INFO(route.method << " " << route.pattern);
            // A key has nothing to do with teams, so there are none for it.
            const bool of_team = route.needs == permission::read_team ||
                                 route.needs == permission::write_team;
            CHECK(status_of(send(route.method, path_of(route.pattern), minted.text)) ==
                  (of_team ? 404 : 403));
            ++refused;
        }
    }
    CHECK(refused >= 20);
}

TEST_CASE_METHOD(facade, "a key and the administrator get what they may see", "[api][routes]") {
    become_ready();
    const auto shown = send("GET", "/api/projects/home/servers", minted.text);
    CHECK(status_of(shown) == 200);
    CHECK(shown->principal.starts_with("key:"));
    CHECK(shown->route == "/api/projects/{project}/servers");
    CHECK(status_of(send("GET", "/api/projects/away/servers", "adm_secret")) == 200);
    const auto mine = send("GET", "/api/projects", minted.text);
    CHECK_THAT(mine->answer->body, Contains(home.id.to_string()) && !Contains(away.id.to_string()));
    const auto all = send("GET", "/api/projects", "adm_secret");
    CHECK_THAT(all->answer->body, Contains(home.id.to_string()) && Contains(away.id.to_string()));
}

TEST_CASE_METHOD(facade, "a foreign Host or Origin is refused before anything else",
                 "[api][routes]") {
    const auto with = [&](const std::string& host, const std::string& origin) {
        net::request request;
        request.method = "GET";
        request.path = "/livez";
        request.headers = {{"host", host}, {"origin", origin}};
        return status_of(send(std::move(request)));
    };
    CHECK(with("localhost", "http://localhost:3000") == 200);
    CHECK(with("evil.com", "") == 403);
    CHECK(with("localhost", "http://evil.com") == 403);
    CHECK(with("localhost", "null") == 403);
}

TEST_CASE_METHOD(facade, "the unix socket needs no Host, and trusts the own account alone",
                 "[api][routes]") {
    become_ready();
    net::request request;
    request.method = "GET";
    request.path = "/api/projects/away/servers";
    request.headers = {{"host", "anything"}};
    request.peer_uid = ::geteuid();
    CHECK(status_of(send(request)) == 200);
    request.peer_uid = ::geteuid() + 12'345;
    CHECK(status_of(send(request)) == 401);
}

TEST_CASE_METHOD(facade, "a parameter that nobody reads is refused", "[api][routes]") {
    become_ready();
    net::request request;
    request.method = "GET";
    request.path = "/api/projects";
    request.headers = {{"authorization", "Bearer adm_secret"}};
    CHECK(status_of(send(request)) == 200);
    request.query = {{"serch", "x"}};
    const auto refused = send(request);
    CHECK(status_of(refused) == 400);
    CHECK_THAT(refused->answer->body, Contains("serch"));
}

TEST_CASE_METHOD(facade, "odd paths are refused, not misrouted", "[api][routes]") {
    become_ready();
    for (const auto* path : {"/nothing", "/api", "/api/", "//", "/projects/home", "/livez/x",
                             "/api/projects/home/servers/x/y", "/api%2Fprojects"}) {
        INFO(path);
        CHECK(status_of(send("GET", path, "adm_secret")) == 404);
    }
    CHECK(status_of(send("GET", "/livez/")) == 200);
    CHECK(status_of(send("GET", "/api/projects/..%2Fhome", "adm_secret")) == 404);
}

TEST_CASE_METHOD(facade, "the dashboard stands where the API has no address", "[api][front]") {
    const auto browse = [this](const std::string& path,
                               const std::string& host = "localhost:8000") {
        net::request request;
        request.method = "GET";
        request.path = path;
        request.headers = {{"accept", "text/html"}, {"host", host}};
        const auto early = front.refuse_early(request);
        const auto exchange = send(std::move(request));
        CHECK(early.has_value() == (exchange->answer->status >= 400));
        return exchange;
    };
    CHECK(browse("/", "evil.example")->answer->status == 403);
    CHECK(browse("/assets/a.js", "evil.example")->answer->status == 403);
    CHECK(browse("/")->answer->body == "<page>");
    CHECK(browse("/assets/a.js")->answer->body == "script");
    CHECK(browse("/projects/home/servers")->answer->body == "<page>");
    become_ready();
    CHECK(browse("/projects/home/unified/mcp")->answer->status == 401);
    CHECK(browse("/api/nowhere")->answer->status == 404);
    CHECK_THAT(send("GET", "/")->answer->body, Contains("mcp-orch"));
    CHECK(send("GET", "/projects/home/servers")->answer->status == 404);
}
