#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"

#include <boost/describe/bases.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace orch::api {

/// Text that is JSON already; printed as it is.
struct raw_json {
    std::string text = "null";
};

template <class T>
concept described = boost::describe::has_describe_members<T>::value;

// --- printing --------------------------------------------------------------------------------

void print_json(json_writer& out, const std::string& value);
void print_json(json_writer& out, const raw_json& value);
void print_json(json_writer& out, bool value);
void print_json(json_writer& out, double value);

template <std::integral Number>
    requires(!std::same_as<Number, bool>)
void print_json(json_writer& out, Number value) {
    out.number(value);
}

template <class T>
void print_json(json_writer& out, const std::optional<T>& value);
template <class T>
void print_json(json_writer& out, const std::vector<T>& values);
template <class T>
void print_json(json_writer& out, const std::map<std::string, T>& values);
template <described T>
void print_json(json_writer& out, const T& value);

template <class T>
void print_json(json_writer& out, const std::optional<T>& value) {
    if (value) {
        print_json(out, *value);
    } else {
        out.null();
    }
}

template <class T>
void print_json(json_writer& out, const std::vector<T>& values) {
    out.begin_array();
    for (const auto& value : values) {
        print_json(out, value);
    }
    out.end_array();
}

template <class T>
void print_json(json_writer& out, const std::map<std::string, T>& values) {
    out.begin_object();
    for (const auto& [key, value] : values) {
        out.key(key);
        print_json(out, value);
    }
    out.end_object();
}

/// Members in the order of the description, those of bases first, under their own names.
template <described T>
void print_json(json_writer& out, const T& value) {
    using members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    out.begin_object();
    boost::mp11::mp_for_each<members>([&](auto member) {
        out.key(member.name);
        print_json(out, value.*member.pointer);
    });
    out.end_object();
}

template <class T>
[[nodiscard]] std::string to_json(const T& value) {
    std::string text;
    json_writer out(text);
    print_json(out, value);
    return text;
}

// --- reading ---------------------------------------------------------------------------------

/// Where in the body a value stands, for messages: "arguments.path".
using json_path = std::string;

[[nodiscard]] result<void> read_json(const boost::json::value& from, const json_path& path,
                                     std::string& into);
[[nodiscard]] result<void> read_json(const boost::json::value& from, const json_path& path,
                                     bool& into);
[[nodiscard]] result<void> read_json(const boost::json::value& from, const json_path& path,
                                     std::int64_t& into);
/// Any value, serialized again.
[[nodiscard]] result<void> read_json(const boost::json::value& from, const json_path& path,
                                     raw_json& into);
/// The parsed body; `invalid_argument` says where it breaks off.
[[nodiscard]] result<boost::json::value> parse_body(const std::string& body);

template <class T>
[[nodiscard]] result<void> read_json(const boost::json::value& from, const json_path& path,
                                     std::optional<T>& into) {
    if (from.is_null()) {
        into.reset();
        return {};
    }
    return read_json(from, path, into.emplace());
}

/// A described struct from an object. Members of type `optional` may be absent, all others must
/// be there; members that the struct does not have are refused by name.
template <described T>
[[nodiscard]] result<T> read_body(const std::string& body) {
    using members = boost::describe::describe_members<T, boost::describe::mod_public>;
    const auto parsed = parse_body(body);
    if (!parsed) {
        return parsed.error();
    }
    if (!parsed->is_object()) {
        return error{errc::invalid_argument, "the body must be a JSON object"};
    }
    const auto& object = parsed->get_object();
    T value;
    std::optional<error> fault;
    std::size_t known = 0;
    boost::mp11::mp_for_each<members>([&](auto member) {
        using member_type = std::remove_reference_t<decltype(value.*member.pointer)>;
        constexpr bool may_be_absent = requires(member_type& m) { m.has_value(); };
        const auto* found = object.if_contains(member.name);
        if (found != nullptr) {
            ++known;
            const auto read = read_json(*found, member.name, value.*member.pointer);
            if (!read && !fault) {
                fault = read.error();
            }
        } else if (!may_be_absent && !fault) {
            fault = error{errc::invalid_argument, fmt::format("{} is missing", member.name)};
        }
    });
    if (!fault && known != object.size()) {
        for (const auto& entry : object) {
            bool is_known = false;
            boost::mp11::mp_for_each<members>(
                [&](auto member) { is_known = is_known || entry.key() == member.name; });
            if (!is_known) {
                fault = error{
                    errc::invalid_argument,
                    fmt::format("{} is not a known field",
                                std::string_view(entry.key().data(), entry.key().size()))};
                break;
            }
        }
    }
    if (fault) {
        return *fault;
    }
    return value;
}

} // namespace orch::api
