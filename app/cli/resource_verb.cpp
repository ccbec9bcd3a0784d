#include "app/cli/text_table.hpp"
#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"
#include "net/percent_encoding.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

using place = resource_option::place;

/// What was given for an option; null when it was not.
const std::vector<std::string>* given(const resource_command& wanted,
                                      const resource_option& option) {
    const auto found = wanted.values.find(std::string(option.flag));
    return found == wanted.values.end() ? nullptr : &found->second;
}

std::string target_of(const resource_command& wanted) {
    std::string target(wanted.form->target);
    std::string query;
    for (const auto& option : wanted.form->options) {
        const auto* values = given(wanted, option);
        if (values == nullptr) {
            continue;
        }
        if (option.goes_to == place::path) {
            const auto part = fmt::format("{{{}}}", option.field);
            target.replace(target.find(part), part.size(), net::percent_encode(values->front()));
        } else if (option.goes_to == place::query) {
            for (const auto& value : *values) {
                query += fmt::format("{}{}={}", query.empty() ? '?' : '&', option.field,
                                     net::percent_encode(value));
            }
        }
    }
    return target + query;
}

void print_pairs(json_writer& out, const std::vector<std::string>& pairs) {
    out.begin_object();
    for (const auto& pair : pairs) {
        const auto equals = std::min(pair.find('='), pair.size());
        out.key(pair.substr(0, equals));
        out.string(pair.substr(std::min(equals + 1, pair.size())));
    }
    out.end_object();
}

/// One empty word stands for a list without any.
bool is_none(const std::vector<std::string>& values) {
    return values.size() == 1 && values.front().empty();
}

void print_value(json_writer& out, value_kind kind, const std::vector<std::string>& values) {
    switch (kind) {
    case value_kind::text:
    case value_kind::secret: out.string(values.front()); break;
    case value_kind::number:
    case value_kind::yes_no: out.raw(values.front()); break;
    case value_kind::pairs:
        print_pairs(out, is_none(values) ? std::vector<std::string>{} : values);
        break;
    case value_kind::list:
        out.begin_array();
        for (const auto& value : values) {
            if (!is_none(values)) {
                out.string(value);
            }
        }
        out.end_array();
    }
}

/// `scope.tools` is the member `tools` of the object `scope`; what belongs to one object stands
/// together among the options.
std::pair<std::string_view, std::string_view> parts_of(std::string_view field) {
    const auto dot = field.find('.');
    return dot == std::string_view::npos ? std::pair(std::string_view{}, field)
                                         : std::pair(field.substr(0, dot), field.substr(dot + 1));
}

std::string body_of(const resource_command& wanted) {
    if (wanted.form->method == "GET" || wanted.form->method == "DELETE") {
        return {};
    }
    std::string body;
    json_writer out(body);
    out.begin_object();
    std::string_view open;
    for (const auto& option : wanted.form->options) {
        const auto* values = given(wanted, option);
        if (values == nullptr || option.goes_to != place::body) {
            continue;
        }
        const auto [object, member] = parts_of(option.field);
        if (object != open && !open.empty()) {
            out.end_object();
        }
        if (object != open && !object.empty()) {
            out.key(object).begin_object();
        }
        open = object;
        out.key(member);
        if (!option.null_word.empty() && values->front() == option.null_word) {
            out.null();
        } else {
            print_value(out, option.kind, *values);
        }
    }
    if (!open.empty()) {
        out.end_object();
    }
    out.end_object();
    return body;
}

/// Texts as they are, everything else as JSON.
std::string shown(const json::value* value) {
    if (value == nullptr || value->is_null()) {
        return "-";
    }
    if (value->is_string()) {
        return value->get_string().empty() ? "-" : std::string(value->get_string());
    }
    // The library prints 0.25 as 2.5E-1, and nobody reads more than a millionth.
    return value->is_double() ? fmt::format("{:.6g}", value->get_double())
                              : json::serialize(*value);
}

struct column {
    std::string heading;
    std::string member;
};

std::vector<column> columns_of(std::string_view list) {
    std::vector<column> columns;
    while (!list.empty()) {
        const auto one = list.substr(0, list.find(','));
        const auto equals = one.find('=');
        columns.push_back(
            {std::string(one.substr(0, equals)), std::string(one.substr(equals + 1))});
        list.remove_prefix(std::min(one.size() + 1, list.size()));
    }
    return columns;
}

std::string table_of(const resource_form& form, const json::array& found) {
    const auto columns = columns_of(form.columns);
    std::vector<std::vector<std::string>> rows(1);
    for (const auto& [heading, member] : columns) {
        rows.front().push_back(heading);
    }
    for (const auto& entry : found) {
        auto& row = rows.emplace_back();
        for (const auto& [heading, member] : columns) {
            row.push_back(shown(member_of(entry, member)));
        }
    }
    return text_table(rows);
}

std::string lines_of(const json::value& found) {
    if (!found.is_object()) {
        return shown(&found) + "\n";
    }
    std::string lines;
    for (const auto& entry : found.get_object()) {
        lines += fmt::format("{:<20} {}\n",
                             std::string_view(entry.key().data(), entry.key().size()),
                             printable(shown(&entry.value())));
    }
    return lines;
}

outcome shown_once(std::string_view member, const json::value& answered) {
    const auto text = text_of(answered, member);
    if (text.empty()) {
        return failure({errc::protocol_violation,
                        fmt::format("the orchestrator's answer holds no {}", member)});
    }
    return {exit_code::ok, text + "\n", "It is shown only now.\n"};
}

} // namespace

outcome ask_for_resource(const resource_command& wanted, const admin_client& admin) {
    const auto got = admin.send(
        {.method = wanted.form->method, .target = target_of(wanted), .body = body_of(wanted)});
    if (!got) {
        return failure(got.error());
    }
    const auto* success = member_of(got->json, "success");
    const bool failed = success != nullptr && success->is_bool() && !success->get_bool();
    const auto code = failed ? exit_code::failed : exit_code::ok;
    if (wanted.json || wanted.form->is_file) {
        return {code, got->body + "\n", {}};
    }
    if (!wanted.form->shown_once.empty()) {
        return shown_once(wanted.form->shown_once, got->json);
    }
    const auto* rows = wanted.form->rows.empty() ? &got->json
                                                 : member_of(got->json, wanted.form->rows);
    if (wanted.form->columns.empty() || rows == nullptr || !rows->is_array()) {
        return {code, lines_of(got->json), {}};
    }
    return {exit_code::ok, table_of(*wanted.form, rows->get_array()), {}};
}

} // namespace orch::app::cli
