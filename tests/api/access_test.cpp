#include "api/access.hpp"
#include "api/policy.hpp"

#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

#include <unistd.h>

using namespace orch;
using namespace orch::api;
using orch::test::registry_of;
using namespace std::chrono_literals;

namespace {

struct named_value {
    std::string value;
    bool allowed;
};

api_options configured() {
    api_options options;
    options.allowed_hosts = {"mcp.example.com", "tools.example.com:8443"};
    options.allowed_origins = {"https://app.example.com", "http://127.0.0.1.nip.io:3000"};
    return options;
}

const std::vector<named_value> hosts{
    {"localhost", true},
    {"localhost:8000", true},
    {"LOCALHOST:8000", true},
    {"127.0.0.1", true},
    {"127.0.0.1:1", true},
    {"[::1]", true},
    {"[::1]:8000", true},
    {"mcp.example.com", true},
    {"MCP.Example.Com:443", true},
    {"tools.example.com:8443", true},
    {"", false},
    {"tools.example.com", false},
    {"tools.example.com:8444", false},
    {"evil.com", false},
    {"localhost.evil.com", false},
    {"evil-localhost", false},
    {"127.0.0.1.evil.com", false},
    {"evilmcp.example.com", false},
    {"mcp.example.com.evil.com", false},
    {"localhost.", false},
    {"localhost:", false},
    {"localhost:x", false},
    {"localhost:80:80", false},
    {"localhost:123456", false},
    {"user@localhost", false},
    {"localhost@evil.com", false},
    {"[::1", false},
    {"::1", false},
    {"[::1]evil.com", false},
    {"[::2]", false},
    {"0.0.0.0", false},
    {"2130706433", false},
};

const std::vector<named_value> origins{
    {"", true},
    {"http://localhost", true},
    {"http://localhost:3000", true},
    {"https://127.0.0.1:3000", true},
    {"HTTP://LocalHost:3000", true},
    {"http://[::1]:3000", true},
    {"https://app.example.com", true},
    {"http://127.0.0.1.nip.io:3000", true},
    {"null", false},
    {"http://evil.com", false},
    {"http://localhost.evil.com", false},
    {"http://evil.com#localhost", false},
    {"http://localhost@evil.com", false},
    {"http://localhost:80@evil.com", false},
    {"http://user@localhost", false},
    {"http://localhost.", false},
    {"https://app.example.com:444", false},
    {"https://app.example.com.evil.com", false},
    {"http://app.example.com", false},
    {"file://localhost", false},
    {"chrome-extension://localhost", false},
    {"localhost", false},
    {"http://", false},
    {"http://127.0.0.1.nip.io", false},
};

struct keyed {
    keyed() {
        project.id = project_id::random();
        project.name = "home";
        options.admin_token_sha256 = crypto::sha256("adm_secret");
    }

    std::string add_key(bool active = true,
                        std::optional<std::chrono::system_clock::time_point> expires = {}) {
        const auto minted = crypto::mint_key();
        model::api_key key;
        key.id = key_id::random();
        key.project = project.id;
        key.sha256 = minted.sha256;
        key.active = active;
        key.expires_at = expires;
        keys.push_back(key);
        registry = registry_of({project}, {}, keys);
        return minted.text;
    }
    [[nodiscard]] result<principal> with(const std::string& header) const {
        net::request request;
        request.headers = {{"authorization", header}};
        return authenticate(std::move(request));
    }
    [[nodiscard]] result<principal> authenticate(net::request request) const {
        request.received_at = now;
        return api::authenticate(request, {registry, logins, cookie, options}, cookies::taken);
    }
    [[nodiscard]] bool may_see(const principal& who, const model::project& where) const {
        return decide(who, permission::read_project, &where, registry).allowed();
    }
    [[nodiscard]] bool refused(const std::string& header) const {
        const auto who = with(header);
        return !who && who.error().code == errc::unauthenticated;
    }

    const std::chrono::system_clock::time_point now{500'000h};
    api_options options;
    model::project project;
    std::vector<model::api_key> keys;
    model::registry registry;
    manual_clock clock;
    mutable actors::login_table logins{clock};
    session_cookie cookie{""};
};

model::project elsewhere() {
    model::project other;
    other.id = project_id::random();
    return other;
}

} // namespace

TEST_CASE("only our own names are served as Host", "[api][access]") {
    const auto options = configured();
    for (const auto& [value, allowed] : hosts) {
        INFO("Host: '" << value << "'");
        CHECK(is_allowed_host(value, options) == allowed);
    }
    // Without a configuration only the loopback names are left.
    CHECK(is_allowed_host("localhost:8000", {}));
    CHECK_FALSE(is_allowed_host("mcp.example.com", {}));
}

TEST_CASE("only pages of our own and configured origins may call", "[api][access]") {
    const auto options = configured();
    for (const auto& [value, allowed] : origins) {
        INFO("Origin: '" << value << "'");
        CHECK(is_allowed_origin(value, options) == allowed);
    }
    CHECK_FALSE(is_allowed_origin("https://app.example.com", {}));
}

TEST_CASE("a good Host does not excuse a bad Origin, nor the reverse", "[api][access]") {
    const auto options = configured();
    std::size_t both = 0;
    for (const auto& host : hosts) {
        for (const auto& origin : origins) {
            const bool admitted = is_allowed_host(host.value, options) &&
                                  is_allowed_origin(origin.value, options);
            REQUIRE(admitted == (host.allowed && origin.allowed));
            both += admitted ? 1 : 0;
        }
    }
    CHECK(both == 10 * 8);
}

TEST_CASE_METHOD(keyed, "a key is the principal of its project", "[api][access]") {
    const auto text = add_key();
    for (const std::string scheme : {"Bearer ", "bearer ", "BEARER "}) {
        const auto who = with(scheme + text);
        REQUIRE(who.has_value());
        CHECK(who->kind == principal::kind::project_key);
        CHECK(who->name == "key:" + keys[0].id.to_string());
        CHECK(may_see(*who, project));
        CHECK_FALSE(may_see(*who, elsewhere()));
        CHECK(who->name_in(project.id) == who->name);
    }
}

TEST_CASE_METHOD(keyed, "what is not exactly a good key is refused", "[api][access]") {
    const auto text = add_key();
    REQUIRE_FALSE(refused("Bearer " + text));
    const std::vector<std::string> bad{"Bearer",
                                       "Bearer ",
                                       "Bearer  " + text,
                                       "Bearer " + text + " ",
                                       "Basic " + text,
                                       "Token " + text,
                                       text,
                                       "Bearer" + text,
                                       "Bearer " + text.substr(1),
                                       "Bearer " + text + "x",
                                       "Bearer " + crypto::mint_key().text,
                                       "Bearer " + keys[0].sha256,
                                       " "};
    for (const auto& header : bad) {
        INFO(header);
        CHECK(refused(header));
    }
}

TEST_CASE_METHOD(keyed, "inactive and expired keys are refused", "[api][access]") {
    CHECK(refused("Bearer " + add_key(false)));
    CHECK(refused("Bearer " + add_key(true, now - 1s)));
    CHECK(refused("Bearer " + add_key(true, now)));
    CHECK_FALSE(refused("Bearer " + add_key(true, now + 1s)));
}

TEST_CASE_METHOD(keyed, "a bad key is refused even where none is needed", "[api][access]") {
    options.anonymous = anonymous_access::allowed;
    CHECK(refused("Bearer nonsense"));
    CHECK(with("").value().kind == principal::kind::everybody);
}

TEST_CASE_METHOD(keyed, "without a credential nobody is let in, unless that is allowed",
                 "[api][access]") {
    CHECK(refused(""));
    options.anonymous = anonymous_access::allowed;
    const auto who = with("").value();
    CHECK(who.name_in(project.id) == "public:" + project.id.to_string());
    CHECK(may_see(who, project));
}

TEST_CASE_METHOD(keyed, "the administrator's token and the own account see everything",
                 "[api][access]") {
    const auto admin = with("Bearer adm_secret").value();
    CHECK(admin.kind == principal::kind::local_admin);
    CHECK(admin.name == "local-admin");
    CHECK(may_see(admin, elsewhere()));
    CHECK(refused("Bearer adm_secre"));
    net::request request;
    request.peer_uid = ::geteuid();
    CHECK(authenticate(request).value().kind == principal::kind::local_admin);
    request.peer_uid = ::geteuid() + 12'345;
    CHECK_FALSE(authenticate(request).has_value());
}

TEST_CASE_METHOD(keyed, "without a token nobody is administrator by an empty one",
                 "[api][access]") {
    options.admin_token_sha256.clear();
    CHECK(refused("Bearer "));
    CHECK(refused("Bearer x"));
}
