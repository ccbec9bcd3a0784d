#include "app/cli/resource_grammar.hpp"

#include <CLI/CLI.hpp>

namespace orch::app::cli {

namespace {

const char* type_name(value_kind kind) {
    switch (kind) {
    case value_kind::number: return "N";
    case value_kind::yes_no: return "true|false";
    case value_kind::pairs: return "NAME=VALUE ...";
    case value_kind::list: return "TEXT ...";
    default: return "TEXT";
    }
}

/// Why a value cannot be one of its kind; empty when it can.
std::string complaint(value_kind kind, const std::string& text) {
    switch (kind) {
    case value_kind::number:
        return !text.empty() && text.size() < 16 &&
                       text.find_first_not_of("0123456789") == std::string::npos &&
                       (text.size() == 1 || text.front() != '0')
                   ? ""
                   : "must be a whole number";
    case value_kind::yes_no: return text == "true" || text == "false" ? "" : "is true or false";
    case value_kind::pairs:
        return text.find('=') != std::string::npos ? "" : "must have the form NAME=VALUE";
    default: return "";
    }
}

CLI::App& noun_of(CLI::App& root, std::string_view noun) {
    for (auto* known : root.get_subcommands({})) {
        if (known->get_name() == noun) {
            return *known;
        }
    }
    auto* made = root.add_subcommand(std::string(noun), std::string(describe_noun(noun)));
    made->require_subcommand(1);
    return *made;
}

CLI::App& verb_of(CLI::App& root, const resource_form& form) {
    const std::string help(form.help);
    return form.verb.empty()
               ? *root.add_subcommand(std::string(form.noun), help)
               : *noun_of(root, form.noun).add_subcommand(std::string(form.verb), help);
}

} // namespace

resource_grammar::resource_grammar(CLI::App& root,
                                   const std::function<void(CLI::App&)>& add_settings) {
    for (const auto& form : resource_forms()) {
        add(verb_of(root, form), form, add_settings);
    }
}

void resource_grammar::add(CLI::App& verb, const resource_form& form,
                           const std::function<void(CLI::App&)>& add_settings) {
    verb.footer("Example:\n  " + std::string(form.example));
    for (const auto& option : form.options) {
        add_option(verb, option);
    }
    verb.add_flag("--json", json_, "Print the answer as JSON.");
    add_settings(verb);
    verbs_.emplace_back(&verb, &form);
}

void resource_grammar::add_option(CLI::App& verb, const resource_option& option) {
    const std::string flag(option.flag);
    std::string help(option.help);
    if (option.kind == value_kind::secret) {
        verb.add_flag_callback(
                flag, [this, flag] { values_[flag] = {}; }, help)
            ->required(option.required);
        return;
    }
    const bool many = option.kind == value_kind::list || option.kind == value_kind::pairs;
    const bool may_be_none = many && option.goes_to == resource_option::place::body;
    if (may_be_none) {
        help += " '' for none.";
    }
    verb.add_option_function<std::vector<std::string>>(
            flag, [this, flag](const std::vector<std::string>& all) { values_[flag] = all; }, help)
        ->type_name(type_name(option.kind))
        ->required(option.required)
        ->expected(1, many ? 1'000 : 1)
        ->check([kind = option.kind, null_word = option.null_word,
                 may_be_none](const std::string& text) {
            const bool stands_alone = (!null_word.empty() && text == null_word) ||
                                      (may_be_none && text.empty());
            return stands_alone ? std::string{} : complaint(kind, text);
        });
}

const resource_form* resource_grammar::chosen() const {
    for (const auto& [verb, form] : verbs_) {
        if (verb->parsed()) {
            return form;
        }
    }
    return nullptr;
}

} // namespace orch::app::cli
