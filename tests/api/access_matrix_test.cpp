#include "api/front.hpp"

#include "api/routes.hpp"
#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "tests/api/fake_exchange.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

// Every route, with every kind of credential, at every kind of project. What is expected stands
// here once more, in its own words, so that a slip in the policy does not agree with itself.

using namespace orch;
using namespace orch::test;
using api::permission;
using namespace std::chrono_literals;

namespace {

constexpr int reached = 299;

/// What somebody is in a project, from nothing to everything.
enum class standing { stranger, key, reporter, developer, owner, administrator };

/// Who a request comes from.
struct credential {
    std::string name;
    net::header_list headers;
    /// By name of the project; others are `elsewhere`.
    std::map<std::string, standing> in;
    standing elsewhere = standing::stranger;
    bool valid = true;
    bool is_cookie = false;
    bool has_account = false;
};

const std::map<permission, standing> least_standing{
    {permission::read_project, standing::key},
    {permission::use_endpoints, standing::key},
    {permission::call_tools, standing::key},
    {permission::read_log, standing::key},
    {permission::read_members, standing::reporter},
    {permission::check_servers, standing::developer},
    {permission::write_servers, standing::developer},
    {permission::read_keys, standing::developer},
    {permission::write_keys, standing::developer},
    {permission::write_members, standing::owner},
    {permission::write_project, standing::owner},
    {permission::delete_project, standing::owner},
    {permission::administer, standing::administrator},
};

int expected_without_project(const credential& who, permission wanted) {
    switch (wanted) {
    case permission::signed_in: return reached;
    case permission::own_account: return who.has_account ? reached : 403;
    case permission::create_projects:
        return who.has_account || who.elsewhere == standing::administrator ? reached : 403;
    default: return who.elsewhere == standing::administrator ? reached : 403;
    }
}

int expected(const credential& who, const api::route& route, const std::string& project,
             bool exists) {
    const bool named = route.pattern.find("{project}") != std::string_view::npos;
    if (route.needs == permission::open) {
        return reached;
    }
    if (!who.valid || (who.is_cookie && route.pattern.starts_with("/projects/"))) {
        return 401;
    }
    // Nobody is in the team: what each role may do in one is the policy's own test.
    if (route.pattern.starts_with("/api/teams/{team}")) {
        return who.elsewhere == standing::administrator ? reached : 404;
    }
    if (!named) {
        return expected_without_project(who, route.needs);
    }
    const auto known = who.in.find(project);
    const auto has = known == who.in.end() ? who.elsewhere : known->second;
    if (!exists || has == standing::stranger) {
        return 404;
    }
    return has >= least_standing.at(route.needs) ? reached : 403;
}

std::string filled(std::string_view pattern, const std::string& project) {
    std::string path;
    while (!pattern.empty()) {
        const auto open = std::min(pattern.find('{'), pattern.size());
        path += pattern.substr(0, open);
        pattern.remove_prefix(open);
        if (!pattern.empty()) {
            path += pattern.starts_with("{project}") ? project : "thing";
            pattern.remove_prefix(pattern.find('}') + 1);
        }
    }
    return path;
}

/// Three projects and somebody of every kind, before a front whose handlers only say that they
/// were reached.
struct matrix : actor_fixture {
    matrix() {
        for (const auto* name : {"own", "sibling", "foreign"}) {
            model::project project;
            project.id = project_id::random();
            project.name = name;
            contents.projects.push_back(project);
        }
        contents.teams.push_back({team_id::random(), "thing", "thing", "", {}, {}, {}});
        credentials = {
            {"no credential", {}, {}, standing::stranger, false},
            key("an expired key", "own", clock.wall() - 1h),
            key("a key", "own", std::nullopt),
            key("a key of another project", "foreign", std::nullopt),
            person("reporter", standing::reporter),
            person("developer", standing::developer),
            person("owner", standing::owner),
            foreigner(),
            administrator(),
            {"the administrator token", bearer("adm_secret"), {}, standing::administrator}};
        runtime.registry.store(std::make_shared<const model::registry>(contents));
        runtime.set_state(actors::readiness::ready, "ready");
        for (auto& route : table) {
            route.run = [](const api::context&, const api::incoming_ptr& in) {
                in->exchange->respond({reached, "", "", {}});
            };
        }
    }

    static api::api_options guarded() {
        api::api_options options;
        options.admin_token_sha256 = crypto::sha256("adm_secret");
        return options;
    }
    static net::header_list bearer(const std::string& token) {
        return {{"authorization", "Bearer " + token}};
    }
    const model::project& project(const std::string& name) {
        return *std::find_if(contents.projects.begin(), contents.projects.end(),
                             [&](const auto& one) { return one.name == name; });
    }
    credential key(std::string name, const std::string& of,
                   std::optional<std::chrono::system_clock::time_point> expires) {
        const auto minted = crypto::mint_key();
        model::api_key row;
        row.id = key_id::random();
        row.project = project(of).id;
        row.sha256 = minted.sha256;
        row.active = true;
        row.expires_at = expires;
        contents.keys.push_back(row);
        return {std::move(name),
                bearer(minted.text),
                {{of, standing::key}},
                standing::stranger,
                !expires};
    }
    credential account(const std::string& name, bool is_admin) {
        model::user user;
        user.id = user_id::random();
        user.email = user.name = name;
        user.is_admin = is_admin;
        contents.users.push_back(user);
        const auto token = "token-of-" + name;
        REQUIRE(
            runtime.logins.add({crypto::sha256(token), user.id, clock.wall(), clock.wall(), "", ""})
                .empty());
        const api::session_cookie cookie{""};
        credential made;
        made.name = name;
        made.headers = {{"cookie", fmt::format("{}={}", cookie.name(), token)},
                        {"sec-fetch-site", "same-origin"}};
        made.is_cookie = made.has_account = true;
        return made;
    }
    void join(credential& who, const std::string& where, model::role role, standing as) {
        model::project_member member;
        member.id = member_id::random();
        member.project = project(where).id;
        member.user = contents.users.back().id;
        member.role = role;
        contents.members.push_back(member);
        who.in[where] = as;
    }
    credential person(const std::string& name, standing as) {
        auto made = account(name, false);
        join(made, "own", *model::parse_role(name), as);
        join(made, "sibling", model::role::reporter, standing::reporter);
        return made;
    }
    credential foreigner() {
        auto made = account("foreigner", false);
        join(made, "foreign", model::role::owner, standing::owner);
        return made;
    }
    credential administrator() {
        auto made = account("administrator", true);
        made.elsewhere = standing::administrator;
        return made;
    }

    int status_of(const api::front& front, const credential& who, const api::route& route,
                  const std::string& project) {
        net::request request;
        request.method = route.method;
        request.path = filled(route.pattern, project);
        request.headers = who.headers;
        request.headers.emplace_back("host", "localhost:8000");
        request.received_at = clock.wall();
        const auto exchange = std::make_shared<fake_exchange>();
        front.handle(std::move(request), exchange);
        return exchange->answer && exchange->answers == 1 ? exchange->answer->status : 0;
    }

    /// Every answer of one route that is not the expected one; counts all.
    std::vector<std::string> violations_of(std::size_t index) {
        const api::front front{context, table};
        const auto& declared = api::routes()[index];
        const bool named = declared.pattern.find("{project}") != std::string_view::npos;
        // By name and by id; the last two are no project of anybody.
        const std::vector<std::pair<std::string, std::string>> projects{
            {"own", "own"},
            {"own", project("own").id.to_string()},
            {"sibling", "sibling"},
            {"foreign", "foreign"},
            {"foreign", project("foreign").id.to_string()},
            {"", project_id::random().to_string()},
            {"", "deleted"}};
        std::vector<std::string> found;
        for (const auto& who : credentials) {
            for (const auto& [name, spelled] : projects) {
                const int wanted = expected(who, declared, name, !name.empty());
                const int got = status_of(front, who, table[index], spelled);
                ++checks;
                if (got != wanted) {
                    found.push_back(fmt::format("{} {} by {} at '{}': {} instead of {}",
                                                declared.method, declared.pattern, who.name,
                                                spelled, got, wanted));
                }
                if (!named) {
                    break;
                }
            }
        }
        return found;
    }

    temporary_directory directory;
    model::registry_contents contents;
    std::vector<credential> credentials;
    actors::runtime runtime{{}, clock, crypto::secret_box::open({directory.file("key")}).value()};
    std::vector<api::route> table{api::routes().begin(), api::routes().end()};
    api::context context{runtime, system, guarded(), api::pages({})};
    std::size_t checks = 0;
};

} // namespace

TEST_CASE_METHOD(matrix, "every route answers every credential at every project as it should",
                 "[api][matrix]") {
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (const auto& violation : violations_of(i)) {
            FAIL_CHECK(violation);
        }
    }
    CHECK(checks >= 3'000);
}

TEST_CASE_METHOD(matrix, "a route that asks for less than it should is found out",
                 "[api][matrix]") {
    const std::set<permission> loosest{permission::open, permission::signed_in};
    for (std::size_t i = 0; i < table.size(); ++i) {
        auto& route = table[i];
        if (loosest.contains(route.needs) || route.needs == permission::read_project ||
            route.needs == permission::use_endpoints || route.needs == permission::call_tools ||
            route.needs == permission::read_log) {
            continue;
        }
        INFO(route.method << " " << route.pattern);
        route.needs = route.pattern.find("{project}") != std::string_view::npos
                          ? permission::read_project
                          : permission::signed_in;
        CHECK_FALSE(violations_of(i).empty());
    }
}
