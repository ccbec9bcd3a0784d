#include "api/described_json.hpp"

#include "core/duplicate_keys.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace orch::api {

namespace {

/// Keys come from the request and may be of any length.
std::string_view cut(std::string_view key) noexcept { return key.substr(0, 100); }

} // namespace

void print_json(json_writer& out, const std::string& value) { out.string(value); }
void print_json(json_writer& out, const raw_json& value) { out.raw(value.text); }
void print_json(json_writer& out, bool value) { out.boolean(value); }
void print_json(json_writer& out, double value) { out.number(value); }

void read_json(const boost::json::value& from, const json_path& path, std::string& into,
               fault_list& faults) {
    if (from.is_string()) {
        into = from.get_string();
    } else {
        faults.add(path, fmt::format("{} must be a string", path));
    }
}

void read_json(const boost::json::value& from, const json_path& path, bool& into,
               fault_list& faults) {
    if (from.is_bool()) {
        into = from.get_bool();
    } else {
        faults.add(path, fmt::format("{} must be true or false", path));
    }
}

void read_json(const boost::json::value& from, const json_path& path, double& into,
               fault_list& faults) {
    boost::system::error_code failed;
    into = from.to_number<double>(failed);
    if (failed) {
        faults.add(path, fmt::format("{} must be a number", path));
    }
}

void read_json(const boost::json::value& from, const json_path& path, std::int64_t& into,
               fault_list& faults) {
    boost::system::error_code failed;
    into = from.to_number<std::int64_t>(failed);
    if (failed) {
        faults.add(path, fmt::format("{} must be a whole number", path));
    }
}

void read_json(const boost::json::value& from, const json_path& /*path*/, raw_json& into,
               fault_list& /*faults*/) {
    into.text = boost::json::serialize(from);
}

result<boost::json::value> parse_body(const std::string& body) {
    boost::system::error_code failure;
    auto parsed = boost::json::parse(body, failure);
    if (failure) {
        return error{errc::invalid_argument,
                     fmt::format("the body is not JSON: {}", failure.message())};
    }
    fault_list faults;
    for (const auto& at : duplicate_keys(body)) {
        faults.add(at, at.empty() ? "the body is not JSON" : fmt::format("{} is given twice", at));
    }
    return faults.empty() ? result<boost::json::value>(std::move(parsed)) : faults.to_error();
}

namespace detail {

const boost::json::array* list_at(const boost::json::value& from, const json_path& path,
                                  fault_list& faults) {
    const auto* list = from.if_array();
    if (list == nullptr) {
        faults.add(path, fmt::format("{} must be a list", path));
    } else if (list->size() > elements_max) {
        faults.add(path, fmt::format("{} has more than {} elements", path, elements_max));
        return nullptr;
    }
    return list;
}

const boost::json::object* object_at(const boost::json::value& from, const json_path& path,
                                     fault_list& faults) {
    const auto* object = from.if_object();
    if (object == nullptr) {
        faults.add(path, fmt::format("{} must be a JSON object", path.empty() ? "the body" : path));
    }
    return object;
}

const boost::json::object* map_at(const boost::json::value& from, const json_path& path,
                                  fault_list& faults) {
    const auto* object = object_at(from, path, faults);
    if (object != nullptr && object->size() > elements_max) {
        faults.add(path, fmt::format("{} has more than {} members", path, elements_max));
        return nullptr;
    }
    return object;
}

json_path member_path(const json_path& path, std::string_view member) {
    return path.empty() ? json_path(cut(member)) : fmt::format("{}.{}", path, cut(member));
}

void note_unknown(const boost::json::object& object, const json_path& path,
                  const std::vector<std::string_view>& known, fault_list& faults) {
    for (const auto& member : object) {
        const std::string_view key(member.key().data(), member.key().size());
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            const auto at = member_path(path, key);
            faults.add(at, fmt::format("{} is not a known field", at));
        }
    }
}

} // namespace detail

} // namespace orch::api
