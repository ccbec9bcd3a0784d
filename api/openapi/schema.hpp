#pragma once

#include "api/described_json.hpp"

#include <string_view>
#include <type_traits>

namespace orch::api {

/// Which way a body goes: what a request may leave out, an answer still says, as `null`.
enum class direction { request, answer };

/// Prints the JSON Schema (2020-12) of one type.
using schema_printer = void (*)(json_writer&);

/// Prints `{"type": …}` for a type that JSON has a word for.
void print_simple_schema(json_writer& out, std::string_view type);

template <class T, direction Way>
struct schema_of;

/// The JSON Schema of what `print_json` makes of a `T`, or of what `read_body` takes.
template <class T, direction Way>
void print_schema(json_writer& out) {
    schema_of<T, Way>::print(out);
}

template <direction Way>
struct schema_of<std::string, Way> {
    static void print(json_writer& out) { print_simple_schema(out, "string"); }
};

template <direction Way>
struct schema_of<bool, Way> {
    static void print(json_writer& out) { print_simple_schema(out, "boolean"); }
};

template <direction Way>
struct schema_of<double, Way> {
    static void print(json_writer& out) { print_simple_schema(out, "number"); }
};

template <std::integral Number, direction Way>
struct schema_of<Number, Way> {
    static void print(json_writer& out) { print_simple_schema(out, "integer"); }
};

/// Any value.
template <direction Way>
struct schema_of<raw_json, Way> {
    static void print(json_writer& out) { out.begin_object().end_object(); }
};

/// Prints the schema of a `T` or null.
template <class T, direction Way>
void print_nullable_schema(json_writer& out) {
    out.begin_object().key("anyOf").begin_array();
    print_schema<T, Way>(out);
    print_simple_schema(out, "null");
    out.end_array().end_object();
}

/// A request leaves it out, an answer says null.
template <class T>
struct schema_of<std::optional<T>, direction::answer> {
    static void print(json_writer& out) { print_nullable_schema<T, direction::answer>(out); }
};

template <class T>
struct schema_of<std::optional<T>, direction::request> {
    static void print(json_writer& out) { print_schema<T, direction::request>(out); }
};

template <class T>
struct schema_of<patch<T>, direction::request> {
    static void print(json_writer& out) { print_nullable_schema<T, direction::request>(out); }
};

template <class T, direction Way>
struct schema_of<std::vector<T>, Way> {
    static void print(json_writer& out) {
        out.begin_object().key("type").string("array").key("items");
        print_schema<T, Way>(out);
        out.end_object();
    }
};

template <class T, direction Way>
struct schema_of<std::map<std::string, T>, Way> {
    static void print(json_writer& out) {
        out.begin_object().key("type").string("object").key("additionalProperties");
        print_schema<T, Way>(out);
        out.end_object();
    }
};

template <described T, direction Way>
struct schema_of<T, Way> {
    using members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    template <class Member>
    using type_of = std::remove_reference_t<decltype(std::declval<T&>().*Member::pointer)>;

    static void print(json_writer& out) {
        out.begin_object().key("type").string("object").key("properties").begin_object();
        boost::mp11::mp_for_each<members>([&](auto member) {
            out.key(member.name);
            print_schema<type_of<decltype(member)>, Way>(out);
        });
        out.end_object().key("required").begin_array();
        boost::mp11::mp_for_each<members>([&](auto member) {
            if (Way == direction::answer || !detail::may_be_absent<type_of<decltype(member)>>) {
                out.string(member.name);
            }
        });
        out.end_array().key("additionalProperties").boolean(false).end_object();
    }
};

} // namespace orch::api
