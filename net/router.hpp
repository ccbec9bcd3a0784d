#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::net {

/// The decoded `{name}` parts of a matched path.
class path_values {
public:
    void add(std::string name, std::string value);
    /// Empty when the pattern has no such part.
    [[nodiscard]] const std::string& operator[](std::string_view name) const noexcept;

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

/// Maps method and path pattern to a number that the caller gave, e.g. an index of its table.
/// Patterns are `/a/{name}/b`; a literal segment wins over a `{name}`. A trailing slash in the
/// request path makes no difference. Segments are split before they are percent-decoded, so `%2F`
/// never changes the route. Immutable once built, then callable from any thread.
class route_index {
public:
    route_index();
    ~route_index();
    route_index(route_index&&) noexcept;
    route_index& operator=(route_index&&) noexcept;

    /// Programmer's mistake (same method and pattern twice) asserts.
    void add(std::string_view method, std::string_view pattern, std::size_t target);

    struct match {
        enum class outcome { found, unknown_path, method_not_allowed, malformed } kind;
        std::size_t target = 0;
        path_values values;
        /// Comma separated, for the Allow header of 405.
        std::string allowed_methods;
        std::string_view pattern;
    };
    [[nodiscard]] match find(std::string_view method, std::string_view path) const;

private:
    struct node;
    std::unique_ptr<node> root_;
};

} // namespace orch::net
