#pragma once

#include "actors/runtime.hpp"
#include "app/data_directory.hpp"
#include "config/settings.hpp"
#include "core/error.hpp"

#include <caf/actor_system.hpp>

#include <string>

namespace orch::app {

/// What is done once calls can be served: the import of `--import`, the set-up link, the demo key
/// and what a person needs to connect a client. Runs in the main thread and waits for answers.
struct first_steps {
    const config::settings& settings;
    const data_directory& directory;
    actors::runtime& runtime;
    caf::actor_system& system;
    const std::string& url;
    const std::string& set_up_token;

    [[nodiscard]] result<void> take() const;

private:
    [[nodiscard]] result<void> import_file() const;
    [[nodiscard]] result<void> show_demo() const;
    /// While there is no account: how to make the first one.
    void show_set_up_link() const;
    [[nodiscard]] result<std::string> demo_key() const;
};

} // namespace orch::app
