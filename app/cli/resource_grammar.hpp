#pragma once

#include "app/cli/resource_forms.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace orch::app::cli {

/// The part of the grammar that follows from `resource_forms`: `NOUN VERB --option …`.
class resource_grammar {
public:
    /// By flag, in the order given.
    using given_values = std::map<std::string, std::vector<std::string>>;

    /// `add_settings` gives a command the options that lead to the orchestrator.
    resource_grammar(CLI::App& root, const std::function<void(CLI::App&)>& add_settings);

    /// The form whose command was given; null when it was another command.
    [[nodiscard]] const resource_form* chosen() const;
    [[nodiscard]] bool wants_json() const noexcept { return json_; }
    [[nodiscard]] given_values take_values() noexcept { return std::move(values_); }

private:
    void add(CLI::App& verb, const resource_form& form,
             const std::function<void(CLI::App&)>& add_settings);
    void add_option(CLI::App& verb, const resource_option& option);

    std::vector<std::pair<CLI::App*, const resource_form*>> verbs_;
    given_values values_;
    bool json_ = false;
};

} // namespace orch::app::cli
