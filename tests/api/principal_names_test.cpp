#include "api/principal_names.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace orch;
using namespace orch::api;

namespace {

/// A person and a key, and one of each who ask.
struct named {
    named() {
        model::user user;
        user.id = user_id::random();
        user.name = "Ada";
        model::api_key key;
        key.id = key_id::random();
        key.name = "laptop";
        contents.users = {user};
        contents.keys = {key};
        person.kind = principal::kind::user;
        holder.kind = principal::kind::project_key;
    }
    [[nodiscard]] std::optional<std::string> told(const principal& who,
                                                  std::string_view asked) const {
        return principal_names(who, std::make_shared<model::registry>(contents)).of(asked);
    }
    [[nodiscard]] std::string user() const {
        return fmt::format("user:{}", contents.users.at(0).id.to_string());
    }
    [[nodiscard]] std::string key() const {
        return fmt::format("key:{}", contents.keys.at(0).id.to_string());
    }

    model::registry_contents contents;
    principal person;
    principal holder;
};

} // namespace

TEST_CASE_METHOD(named, "people are told what keys and people are called", "[api][principal]") {
    CHECK(told(person, user()) == "Ada");
    CHECK(told(person, key()) == "laptop");
    principal administrator;
    administrator.kind = principal::kind::local_admin;
    CHECK(told(administrator, key()) == "laptop");
}

TEST_CASE_METHOD(named, "a key and everybody are told no name", "[api][principal]") {
    CHECK_FALSE(told(holder, user()));
    CHECK_FALSE(told(holder, key()));
    CHECK_FALSE(told(principal{}, user()));
}

TEST_CASE_METHOD(named, "who is gone or was nobody has no name", "[api][principal]") {
    const auto gone = key_id::random().to_string();
    for (const auto& text :
         {fmt::format("key:{}", gone), fmt::format("user:{}", gone), std::string("local-admin"),
          std::string("public:x"), std::string("user:"), std::string("key:7"), std::string()}) {
        CAPTURE(text);
        CHECK_FALSE(told(person, text));
    }
}
