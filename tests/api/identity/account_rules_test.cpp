#include "api/identity/account_rules.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace orch;

namespace {

model::user person(const std::string& name, bool is_admin = false, bool is_active = true) {
    model::user user;
    user.id = user_id::random();
    user.name = name;
    user.email = name + "@example.org";
    user.is_admin = is_admin;
    user.is_active = is_active;
    return user;
}

model::project_member member(const model::project& project, const model::user& user,
                             model::role role) {
    model::project_member made;
    made.id = member_id::random();
    made.project = project.id;
    made.user = user.id;
    made.role = role;
    return made;
}

} // namespace

TEST_CASE("a new account reports all that is wrong with it at once", "[accounts]") {
    const auto made = api::account_of("a\nb", "nowhere", "short");
    REQUIRE_FALSE(made.has_value());
    REQUIRE(made.error().faults.size() == 3);
    CHECK(made.error().faults[0].field == "name");
    CHECK(made.error().faults[1].field == "email");
    CHECK(made.error().faults[2].field == "password");
    const auto good = api::account_of("Ada", " ADA@Example.org ", "a quiet harbour at dusk");
    REQUIRE(good.has_value());
    CHECK(good->email == "ada@example.org");
}

TEST_CASE("the last administrator is the one without another active one", "[accounts]") {
    const auto ada = person("ada", true);
    const auto bob = person("bob", true);
    const auto eve = person("eve", true, false);
    model::registry_contents contents;
    contents.users = {ada, bob, eve};
    const model::registry registry(contents);
    CHECK_FALSE(api::is_last_administrator(ada, registry));
    CHECK(api::is_last_administrator(ada, registry, {bob.id}));
    CHECK_FALSE(api::is_last_administrator(eve, registry, {ada.id, bob.id}));
    CHECK_FALSE(api::is_last_administrator(person("kim"), registry, {ada.id, bob.id}));
}

TEST_CASE("an owner who is not active leaves a project without one", "[accounts]") {
    const auto ada = person("ada");
    const auto bob = person("bob");
    const auto eve = person("eve", false, false);
    model::registry_contents contents;
    for (const auto* name : {"alone", "shared", "asleep"}) {
        model::project project;
        project.id = project_id::random();
        project.name = name;
        contents.projects.push_back(project);
        contents.members.push_back(member(project, ada, model::role::owner));
    }
    contents.members.push_back(member(contents.projects[0], bob, model::role::developer));
    contents.members.push_back(member(contents.projects[1], bob, model::role::owner));
    contents.members.push_back(member(contents.projects[2], eve, model::role::owner));
    contents.users = {ada, bob, eve};
    const model::registry registry(contents);
    CHECK(api::owned_alone(ada.id, registry) == std::vector<std::string>{"alone", "asleep"});
    CHECK(api::owned_alone(bob.id, registry).empty());
}
