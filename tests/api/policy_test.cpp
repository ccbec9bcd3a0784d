#include "api/policy.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <set>

using namespace orch;
using namespace orch::api;
using outcome = decision::outcome;

namespace {

/// Two projects; in the first there is somebody of each role.
struct company {
    company() {
        shop.id = project_id::random();
        lab.id = project_id::random();
        contents.projects = {shop, lab};
        admin.user = add_user({}, true);
        stranger.user = add_user({});
        reporter.user = add_user(model::role::reporter);
        developer.user = add_user(model::role::developer);
        owner.user = add_user(model::role::owner);
        key.kind = principal::kind::project_key;
        key.project = shop.id;
        model::api_key row;
        row.id = key.key = key_id::random();
        row.project = shop.id;
        contents.keys.push_back(row);
        token.kind = principal::kind::local_admin;
    }

    user_id add_user(std::optional<model::role> role, bool is_admin = false) {
        model::user user;
        user.id = user_id::random();
        user.email = user.id.to_string();
        user.is_admin = is_admin;
        contents.users.push_back(user);
        if (role) {
            model::project_member member;
            member.id = member_id::random();
            member.project = shop.id;
            member.user = user.id;
            member.role = *role;
            contents.members.push_back(member);
        }
        return user.id;
    }
    [[nodiscard]] outcome in(const model::project* where, const principal& who,
                             permission wanted) const {
        return decide(who, wanted, where, model::registry(contents)).kind;
    }

    static principal person() {
        principal who;
        who.kind = principal::kind::user;
        return who;
    }

    model::registry_contents contents;
    model::project shop;
    model::project lab;
    principal admin = person();
    principal stranger = person();
    principal reporter = person();
    principal developer = person();
    principal owner = person();
    principal key;
    principal token;
    principal anybody;
};

using permissions = std::set<permission>;

const permissions of_projects{
    permission::use_endpoints, permission::read_log,      permission::read_project,
    permission::call_tools,    permission::check_servers, permission::write_servers,
    permission::read_keys,     permission::write_keys,    permission::read_members,
    permission::write_members, permission::write_project, permission::delete_project};
const permissions reads{permission::use_endpoints, permission::read_log, permission::read_project,
                        permission::call_tools};
const permissions reports{permission::use_endpoints, permission::read_log, permission::read_project,
                          permission::call_tools, permission::read_members};
const permissions develops{
    permission::use_endpoints, permission::read_log,     permission::read_project,
    permission::call_tools,    permission::read_members, permission::check_servers,
    permission::write_servers, permission::read_keys,    permission::write_keys};

} // namespace

TEST_CASE_METHOD(company, "in a project everybody may do what the role says, and no more",
                 "[api][policy]") {
    const std::vector<std::pair<const principal*, permissions>> table{
        {&token, of_projects}, {&admin, of_projects}, {&owner, of_projects}, {&developer, develops},
        {&reporter, reports},  {&key, reads},         {&anybody, reads}};
    for (const auto& [who, allowed] : table) {
        for (const auto wanted : of_projects) {
            INFO(to_string(wanted) << " by " << (who - table.front().first));
            const auto expected = allowed.contains(wanted) ? outcome::allowed : outcome::forbidden;
            CHECK(in(&shop, *who, wanted) == expected);
        }
    }
}

TEST_CASE_METHOD(company, "a project of others is hidden, whatever is wanted", "[api][policy]") {
    auto all = of_projects;
    all.insert(permission::administer);
    for (const auto wanted : all) {
        INFO(to_string(wanted));
        for (const auto* who : {&stranger, &reporter, &developer, &owner, &key}) {
            CHECK(in(&lab, *who, wanted) == outcome::hidden);
        }
        CHECK(in(&shop, stranger, wanted) == outcome::hidden);
        CHECK(in(&lab, admin, wanted) == outcome::allowed);
        CHECK(in(&lab, token, wanted) == outcome::allowed);
    }
}

TEST_CASE_METHOD(company, "what is about no project depends on the credential alone",
                 "[api][policy]") {
    const auto may = [&](const principal& who, permission wanted) {
        return in(nullptr, who, wanted) == outcome::allowed;
    };
    for (const auto* who : {&stranger, &owner, &admin}) {
        CHECK(may(*who, permission::own_account));
        CHECK(may(*who, permission::create_projects));
        CHECK(may(*who, permission::signed_in));
        CHECK(may(*who, permission::administer) == (who == &admin));
    }
    for (const auto* who : {&key, &anybody}) {
        CHECK_FALSE(may(*who, permission::own_account));
        CHECK_FALSE(may(*who, permission::create_projects));
        CHECK_FALSE(may(*who, permission::administer));
        CHECK(may(*who, permission::signed_in));
    }
    CHECK(may(token, permission::administer));
    CHECK(may(token, permission::create_projects));
    CHECK_FALSE(may(token, permission::own_account));
}

TEST_CASE_METHOD(company, "what is about a project is refused without one", "[api][policy]") {
    for (const auto wanted : of_projects) {
        for (const auto* who : {&owner, &admin, &token, &key, &anybody}) {
            CHECK(in(nullptr, *who, wanted) == outcome::hidden);
        }
    }
}

TEST_CASE_METHOD(company, "an account that was closed may do nothing", "[api][policy]") {
    for (auto& user : contents.users) {
        user.is_active = false;
    }
    for (const auto* who : {&owner, &admin, &developer}) {
        for (const auto wanted : of_projects) {
            CHECK(in(&shop, *who, wanted) == outcome::hidden);
        }
        CHECK(in(nullptr, *who, permission::own_account) == outcome::forbidden);
        CHECK(in(nullptr, *who, permission::administer) == outcome::forbidden);
    }
}

TEST_CASE_METHOD(company, "every decision says why", "[api][policy]") {
    for (const auto* who : {&owner, &reporter, &key, &stranger, &token, &anybody}) {
        for (const auto wanted : of_projects) {
            CHECK(decide(*who, wanted, &shop, model::registry(contents)).reason.size() > 10);
        }
    }
}

TEST_CASE_METHOD(company, "a key does what its scope says", "[api][policy]") {
    auto& scope = contents.keys.front().scope;
    key.address = "192.0.2.7";
    SECTION("one that may not call still lists") {
        scope.may_call = false;
        CHECK(in(&shop, key, permission::call_tools) == outcome::forbidden);
        CHECK(in(&shop, key, permission::use_endpoints) == outcome::allowed);
    }
    SECTION("one for chosen servers or tools does not read the log") {
        CHECK(in(&shop, key, permission::read_log) == outcome::allowed);
        scope.tools = {"echo"};
        CHECK(in(&shop, key, permission::read_log) == outcome::forbidden);
        scope.tools.clear();
        scope.servers = {server_id::random()};
        CHECK(in(&shop, key, permission::read_log) == outcome::forbidden);
        CHECK(in(&shop, key, permission::call_tools) == outcome::allowed);
    }
    SECTION("one for an address is good there alone") {
        scope.ip_ranges = {ip_range::parse("192.0.2.0/24").value()};
        CHECK(in(&shop, key, permission::read_project) == outcome::allowed);
        key.address = "198.51.100.1";
        CHECK(in(&shop, key, permission::read_project) == outcome::forbidden);
    }
}

TEST_CASE_METHOD(company, "a project takes requests from its own addresses only", "[api][policy]") {
    shop.allowed_ip_ranges = {ip_range::parse("192.0.2.0/24").value()};
    for (auto* who : {&key, &reporter, &owner, &admin, &anybody}) {
        who->address = "192.0.2.7";
        CHECK(in(&shop, *who, permission::read_project) == outcome::allowed);
        who->address = "198.51.100.1";
        CHECK(in(&shop, *who, permission::read_project) == outcome::forbidden);
    }
    stranger.address = token.address = "198.51.100.1";
    CHECK(in(&shop, stranger, permission::read_project) == outcome::hidden);
    CHECK(in(&shop, token, permission::read_project) == outcome::allowed);
}

TEST_CASE_METHOD(company, "in a team the role in the team counts, whatever there is elsewhere",
                 "[api][policy]") {
    model::team crew;
    crew.id = team_id::random();
    model::team others;
    others.id = team_id::random();
    contents.teams = {crew, others};
    contents.team_members = {
        {member_id::random(), crew.id, reporter.user, model::role::owner, {}, {}},
        {member_id::random(), crew.id, owner.user, model::role::reporter, {}, {}}};
    const model::registry registry(contents);
    const auto of = [&](const principal& who, permission wanted, const model::team* team) {
        return decide(who, wanted, nullptr, registry, team).kind;
    };
    CHECK(of(reporter, permission::write_team, &crew) == outcome::allowed);
    CHECK(of(owner, permission::read_team, &crew) == outcome::allowed);
    CHECK(of(owner, permission::write_team, &crew) == outcome::forbidden);
    CHECK(of(admin, permission::write_team, &crew) == outcome::allowed);
    CHECK(of(token, permission::write_team, &crew) == outcome::allowed);
    for (const auto* who : {&stranger, &developer, &key, &anybody}) {
        CHECK(of(*who, permission::read_team, &crew) == outcome::hidden);
    }
    CHECK(of(reporter, permission::read_team, &others) == outcome::hidden);
    CHECK(of(token, permission::read_team, nullptr) == outcome::hidden);
}
