#pragma once

#include <span>
#include <string_view>

namespace orch::app::cli {

/// What a value on the command line becomes in the request.
enum class value_kind { text, number, yes_no, list, pairs, secret };

/// One option of a resource command. `field` names a part of the path, a parameter of the query or
/// a member of the body, whichever the form says.
struct resource_option {
    enum class place { path, query, body };

    std::string_view flag;
    std::string_view field;
    place goes_to = place::body;
    value_kind kind = value_kind::text;
    bool required = false;
    std::string_view help;
    /// A word that stands for JSON's null; empty when the field cannot be null.
    std::string_view null_word = {};
};

/// One `mcp-orch NOUN VERB`, or `mcp-orch NOUN` where there is no verb, which is one request to the
/// administrative interface.
struct resource_form {
    std::string_view noun;
    std::string_view verb;
    std::string_view help;
    std::string_view example;
    std::string_view method;
    /// With `{field}` where a path option goes.
    std::string_view target;
    std::span<const resource_option> options;
    /// `HEADING=member` with a comma between, a member of a member as `outer.inner`; empty when the
    /// answer is one object.
    std::string_view columns = {};
    /// The member that holds the rows; empty when the answer is an array.
    std::string_view rows = {};
    /// A member that is shown this once: alone on stdout, so that a script can take it.
    std::string_view shown_once = {};
    /// The answer is a file for another program, so it is printed as it is, with or without --json.
    bool is_file = false;
};

/// In the order in which `--help` lists them; forms of one noun stand together.
[[nodiscard]] std::span<const resource_form> resource_forms();
/// The forms of one subject each, part of `resource_forms`.
[[nodiscard]] std::span<const resource_form> server_forms();
[[nodiscard]] std::span<const resource_form> call_forms();
[[nodiscard]] std::span<const resource_form> key_forms();
[[nodiscard]] std::span<const resource_form> team_forms();
[[nodiscard]] std::span<const resource_form> user_forms();
[[nodiscard]] std::span<const resource_form> observation_forms();
[[nodiscard]] std::span<const resource_form> record_forms();
[[nodiscard]] std::span<const resource_form> scheduler_forms();
/// What `mcp-orch NOUN --help` says of a noun.
[[nodiscard]] std::string_view describe_noun(std::string_view noun);

} // namespace orch::app::cli
