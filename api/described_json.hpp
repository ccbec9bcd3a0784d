#pragma once

#include "api/fault_list.hpp"
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

/// A member of a change that may be absent (stays as it is), null (is taken away) or a value.
template <class T>
struct patch {
    bool given = false;
    /// Absent for null.
    std::optional<T> value;
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

/// Where in the body a value stands, for messages: "servers[2].name".
using json_path = std::string;

/// How many elements a list, and members a map, of a request may have.
inline constexpr std::size_t elements_max = 1'000;

// Each of these notes in `faults` what is wrong and goes on, so that all is found in one go.

void read_json(const boost::json::value& from, const json_path& path, std::string& into,
               fault_list& faults);
void read_json(const boost::json::value& from, const json_path& path, bool& into,
               fault_list& faults);
void read_json(const boost::json::value& from, const json_path& path, double& into,
               fault_list& faults);
void read_json(const boost::json::value& from, const json_path& path, std::int64_t& into,
               fault_list& faults);
/// Any value, serialized again.
void read_json(const boost::json::value& from, const json_path& path, raw_json& into,
               fault_list& faults);
template <class T>
void read_json(const boost::json::value& from, const json_path& path, std::optional<T>& into,
               fault_list& faults);
template <class T>
void read_json(const boost::json::value& from, const json_path& path, patch<T>& into,
               fault_list& faults);
template <class T>
void read_json(const boost::json::value& from, const json_path& path, std::vector<T>& into,
               fault_list& faults);
template <class T>
void read_json(const boost::json::value& from, const json_path& path,
               std::map<std::string, T>& into, fault_list& faults);
template <described T>
void read_json(const boost::json::value& from, const json_path& path, T& into, fault_list& faults);

/// The parsed body; `invalid_argument` says where it breaks off.
[[nodiscard]] result<boost::json::value> parse_body(const std::string& body);

namespace detail {

/// The elements of a list; null, and a fault noted, when it is none or too long.
[[nodiscard]] const boost::json::array* list_at(const boost::json::value& from,
                                                const json_path& path, fault_list& faults);
[[nodiscard]] const boost::json::object* object_at(const boost::json::value& from,
                                                   const json_path& path, fault_list& faults);
/// The members of a map, at most `elements_max`.
[[nodiscard]] const boost::json::object* map_at(const boost::json::value& from,
                                                const json_path& path, fault_list& faults);
[[nodiscard]] json_path member_path(const json_path& path, std::string_view member);
void note_unknown(const boost::json::object& object, const json_path& path,
                  const std::vector<std::string_view>& known, fault_list& faults);

template <class T>
inline constexpr bool may_be_absent = requires(T& member) { member.has_value(); } ||
                                      requires(T& member) { member.given; };

} // namespace detail

template <class T>
void read_json(const boost::json::value& from, const json_path& path, std::optional<T>& into,
               fault_list& faults) {
    if (from.is_null()) {
        faults.add(path, fmt::format("{} must not be null", path));
    } else {
        read_json(from, path, into.emplace(), faults);
    }
}

template <class T>
void read_json(const boost::json::value& from, const json_path& path, patch<T>& into,
               fault_list& faults) {
    into.given = true;
    if (!from.is_null()) {
        read_json(from, path, into.value.emplace(), faults);
    }
}

template <class T>
void read_json(const boost::json::value& from, const json_path& path, std::vector<T>& into,
               fault_list& faults) {
    if (const auto* list = detail::list_at(from, path, faults)) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            read_json((*list)[i], fmt::format("{}[{}]", path, i), into.emplace_back(), faults);
        }
    }
}

template <class T>
void read_json(const boost::json::value& from, const json_path& path,
               std::map<std::string, T>& into, fault_list& faults) {
    if (const auto* members = detail::map_at(from, path, faults)) {
        for (const auto& member : *members) {
            read_json(member.value(), detail::member_path(path, member.key()),
                      into[std::string(member.key())], faults);
        }
    }
}

/// Members of type `optional` and `patch` may be absent, all others must be there; members that
/// the struct does not have are refused by name.
template <described T>
void read_json(const boost::json::value& from, const json_path& path, T& into, fault_list& faults) {
    using members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    const auto* object = detail::object_at(from, path, faults);
    if (object == nullptr) {
        return;
    }
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<members>([&](auto member) {
        using member_type = std::remove_reference_t<decltype(into.*member.pointer)>;
        known.emplace_back(member.name);
        const auto at = detail::member_path(path, member.name);
        if (const auto* found = object->if_contains(member.name)) {
            read_json(*found, at, into.*member.pointer, faults);
        } else if (!detail::may_be_absent<member_type>) {
            faults.add(at, fmt::format("{} is missing", at));
        }
    });
    detail::note_unknown(*object, path, known, faults);
}

/// A described struct from a body; the error holds everything that is wrong with it.
template <described T>
[[nodiscard]] result<T> read_body(const std::string& body) {
    const auto parsed = parse_body(body);
    if (!parsed) {
        return parsed.error();
    }
    T value;
    fault_list faults;
    read_json(*parsed, "", value, faults);
    if (!faults.empty()) {
        return faults.to_error();
    }
    return value;
}

} // namespace orch::api
