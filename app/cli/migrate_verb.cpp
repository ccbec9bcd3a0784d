#include "app/cli/text_table.hpp"
#include "app/cli/verbs.hpp"
#include "core/json_writer.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace orch::app::cli {

namespace json = boost::json;

namespace {

/// Reading and storing all of it.
constexpr std::chrono::minutes patience{5};
/// As SQLAlchemy spells the URL, which names its driver.
constexpr std::string_view driver = "+asyncpg";

std::string plain_url(std::string url) {
    const auto found = url.find(driver);
    return found < url.find("://") ? url.erase(found, driver.size()) : url;
}

std::string body_of(const migrate_command& wanted) {
    std::string body;
    json_writer out(body);
    out.begin_object().key("source").string(plain_url(wanted.source));
    if (!wanted.fernet_key.empty()) {
        out.key("fernet_key").string(wanted.fernet_key);
    }
    out.key("dry_run").boolean(wanted.dry_run).end_object();
    return body;
}

std::string number_of(const json::value& object, std::string_view member) {
    const auto* found = object.is_object() ? object.get_object().if_contains(member) : nullptr;
    return found != nullptr ? json::serialize(*found) : "-";
}

const json::array& list_in(const json::value& answered, std::string_view member) {
    static const json::array none;
    const auto* found = answered.is_object() ? answered.get_object().if_contains(member) : nullptr;
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

outcome report(const json::value& answered, bool dry_run) {
    std::vector<std::vector<std::string>> rows{
        {"OBJECTS", "FOUND", "ADDED", "ALREADY HERE", "LEFT OUT"}};
    for (const auto& each : list_in(answered, "objects")) {
        rows.push_back({text_of(each, "object"), number_of(each, "found"), number_of(each, "added"),
                        number_of(each, "already_here"), number_of(each, "left_out")});
    }
    outcome done;
    done.out = text_table(rows);
    for (const auto& each : list_in(answered, "notes")) {
        done.out += printable(fmt::format("{} {}: {}", text_of(each, "object"), text_of(each, "id"),
                                          text_of(each, "detail"))) +
                    "\n";
    }
    if (dry_run) {
        done.err = "Nothing was stored: this was a dry run.\n";
    }
    return done;
}

} // namespace

outcome migrate_from_original(const migrate_command& wanted, const admin_client& admin) {
    const auto got = admin.send({.method = "POST",
                                 .target = api_path({"admin", "migrations"}),
                                 .body = body_of(wanted),
                                 .timeout = patience});
    if (!got) {
        return failure(got.error());
    }
    return wanted.json ? outcome{exit_code::ok, got->body + "\n", {}}
                       : report(got->json, wanted.dry_run);
}

} // namespace orch::app::cli
