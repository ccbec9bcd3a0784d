#pragma once

#include "api/context.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

#include <chrono>
#include <memory>

namespace orch::test {

/// A request at a project with two servers and a key, beside another project.
struct queried {
    queried() {
        home.id = project_id::random();
        home.name = "home";
        away.id = project_id::random();
        away.name = "away";
        files.definition.id = server_id::random();
        files.definition.project = home.id;
        files.definition.name = "files";
        mail.definition.id = server_id::random();
        mail.definition.project = home.id;
        mail.definition.name = "mail";
        key.id = key_id::random();
        key.project = home.id;
        in.registry = std::make_shared<const model::registry>(
            registry_of({home, away}, {files, mail}, {key}));
        in.project = in.registry->find_project(home.id);
    }

    /// The sentence that says what is wrong with an answer; `(none)` for a good one.
    template <class Answer>
    static std::string complaint(const Answer& answer) {
        if (answer) {
            return "(none)";
        }
        CHECK(answer.error().code == errc::invalid_argument);
        return answer.error().detail;
    }

    const std::chrono::system_clock::time_point now{std::chrono::hours(500'000)};
    model::project home;
    model::project away;
    model::server_entry files;
    model::server_entry mail;
    model::api_key key;
    api::incoming in;
};

} // namespace orch::test
