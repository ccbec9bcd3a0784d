#include "net/router.hpp"

#include "net/percent_encoding.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <forward_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace orch::net {
namespace {

/// More than any pattern has; bounds the work that a request path can cause.
constexpr std::size_t segments_max = 32;
constexpr std::size_t parameters_typical = 4;

bool is_parameter(std::string_view segment) noexcept {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// The parts of a path between its slashes; one too many says that it has more.
class segment_list {
public:
    void push_back(std::string_view segment) noexcept { segments_[size_++] = segment; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::string_view operator[](std::size_t at) const noexcept {
        return segments_[at];
    }
    [[nodiscard]] std::string_view& operator[](std::size_t at) noexcept { return segments_[at]; }
    [[nodiscard]] const std::string_view* begin() const noexcept { return segments_.data(); }
    [[nodiscard]] const std::string_view* end() const noexcept { return begin() + size_; }

private:
    std::array<std::string_view, segments_max + 1> segments_;
    std::size_t size_ = 0;
};

segment_list split(std::string_view path) {
    segment_list segments;
    if (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    if (path.empty()) {
        return segments;
    }
    if (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    while (segments.size() <= segments_max) {
        const auto slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == path.npos) {
            break;
        }
        path.remove_prefix(slash + 1);
    }
    return segments;
}

/// Decodes in place; `room` keeps what is not as it was. False when a segment is badly encoded, or
/// is `.` or `..`: a client resolves these itself, so here they only try to get somewhere else.
bool decode(segment_list& segments, std::forward_list<std::string>& room) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
        auto& segment = segments[i];
        if (segment.find('%') != segment.npos) {
            auto text = percent_decode(segment, plus_sign::literal);
            if (!text) {
                return false;
            }
            segment = room.emplace_front(std::move(*text));
        }
        if (segment == "." || segment == "..") {
            return false;
        }
    }
    return true;
}

} // namespace

struct route_index::node {
    struct endpoint {
        std::string method;
        std::string pattern;
        std::vector<std::string> names;
        std::size_t target;
    };
    struct search {
        std::string_view method;
        std::span<const std::string_view> segments;
        std::vector<std::size_t> parameters;
        std::vector<std::string_view> allowed;
    };

    std::vector<std::pair<std::string, std::unique_ptr<node>>> literals;
    std::unique_ptr<node> parameter;
    std::vector<endpoint> endpoints;

    node& child(std::string_view segment) {
        if (is_parameter(segment)) {
            parameter = parameter ? std::move(parameter) : std::make_unique<node>();
            return *parameter;
        }
        if (auto* known = literal(segment)) {
            return *known;
        }
        return *literals.emplace_back(segment, std::make_unique<node>()).second;
    }

    [[nodiscard]] node* literal(std::string_view segment) const noexcept {
        const auto found = std::find_if(literals.begin(), literals.end(),
                                        [&](const auto& entry) { return entry.first == segment; });
        return found == literals.end() ? nullptr : found->second.get();
    }

    [[nodiscard]] const endpoint* own_endpoint(search& wanted) const {
        for (const auto& candidate : endpoints) {
            if (candidate.method == wanted.method) {
                return &candidate;
            }
            wanted.allowed.push_back(candidate.method);
        }
        return nullptr;
    }

    /// Tries the literal before the parameter at each depth and goes back when that leads nowhere.
    [[nodiscard]] const endpoint* find(search& wanted, std::size_t depth) const {
        if (depth == wanted.segments.size()) {
            return own_endpoint(wanted);
        }
        const auto segment = wanted.segments[depth];
        if (const auto* next = literal(segment)) {
            if (const auto* found = next->find(wanted, depth + 1)) {
                return found;
            }
        }
        if (!parameter || segment.empty()) {
            return nullptr;
        }
        wanted.parameters.push_back(depth);
        if (const auto* found = parameter->find(wanted, depth + 1)) {
            return found;
        }
        wanted.parameters.pop_back();
        return nullptr;
    }
};

void path_values::add(std::string name, std::string value) {
    values_.emplace_back(std::move(name), std::move(value));
}

const std::string& path_values::operator[](std::string_view name) const noexcept {
    static const std::string none;
    for (const auto& [key, value] : values_) {
        if (key == name) {
            return value;
        }
    }
    return none;
}

route_index::route_index() : root_(std::make_unique<node>()) {}
route_index::~route_index() = default;
route_index::route_index(route_index&&) noexcept = default;
route_index& route_index::operator=(route_index&&) noexcept = default;

void route_index::add(std::string_view method, std::string_view pattern, std::size_t target) {
    auto* at = root_.get();
    std::vector<std::string> names;
    for (const auto segment : split(pattern)) {
        at = &at->child(segment);
        if (is_parameter(segment)) {
            names.emplace_back(segment.substr(1, segment.size() - 2));
        }
    }
    assert(std::none_of(at->endpoints.begin(), at->endpoints.end(),
                        [&](const auto& known) { return known.method == method; }));
    at->endpoints.push_back({std::string{method}, std::string{pattern}, std::move(names), target});
}

route_index::match route_index::find(std::string_view method, std::string_view path) const {
    match answer{match::outcome::unknown_path, 0, {}, {}, {}};
    auto segments = split(path);
    if (segments.size() > segments_max) {
        return answer;
    }
    std::forward_list<std::string> room;
    if (!decode(segments, room)) {
        answer.kind = match::outcome::malformed;
        return answer;
    }
    node::search wanted{method, {segments.begin(), segments.size()}, {}, {}};
    wanted.parameters.reserve(parameters_typical);
    const auto* found = root_->find(wanted, 0);
    if (found == nullptr) {
        for (const auto allowed : wanted.allowed) {
            answer.kind = match::outcome::method_not_allowed;
            answer.allowed_methods.append(answer.allowed_methods.empty() ? "" : ", ");
            answer.allowed_methods.append(allowed);
        }
        return answer;
    }
    for (std::size_t i = 0; i < found->names.size(); ++i) {
        answer.values.add(found->names[i], std::string{segments[wanted.parameters[i]]});
    }
    answer.kind = match::outcome::found;
    answer.target = found->target;
    answer.pattern = found->pattern;
    return answer;
}

} // namespace orch::net
