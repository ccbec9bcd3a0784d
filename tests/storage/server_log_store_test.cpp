#include "storage/server_log_sql.hpp"
#include "storage/server_log_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/storage/plan.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;
using model::log_category;
using model::log_level;
using lines = std::vector<model::server_log_entry>;

namespace {

/// A log with lines of a project, asked for the two hours around the sample noon.
struct server_log_fixture : database_fixture {
    project_id project = project_id::random();
    server_id server = server_id::random();
    server_log_filter filter;

    server_log_fixture() {
        filter.project = project;
        filter.from = sample_noon() - 1h;
        filter.to = sample_noon() + 1h;
    }
    void insert(const lines& entries) {
        run([&](pqxx::connection& live) { insert_server_log(live, entries); });
    }
    server_log_page page() {
        server_log_page out;
        run([&](pqxx::connection& live) { out = query_server_log(live, filter); });
        return out;
    }
    server_log_summary summary() {
        server_log_summary out;
        run([&](pqxx::connection& live) { out = summarise_server_log(live, filter); });
        return out;
    }
    model::server_log_entry line(log_level level, log_category category) const {
        auto out = sample_line(project, server, sample_noon());
        out.level = level;
        out.category = category;
        return out;
    }
};

/// One line of each level and category, and one of another server and of another project.
struct mixed_log_fixture : server_log_fixture {
    lines all;

    mixed_log_fixture() {
        for (const auto level :
             {log_level::debug, log_level::info, log_level::warning, log_level::error}) {
            for (const auto category :
                 {log_category::startup, log_category::handshake, log_category::shutdown,
                  log_category::crash, log_category::output, log_category::refresh}) {
                all.push_back(line(level, category));
            }
        }
        all.push_back(sample_line(project, server_id::random(), sample_noon()));
        all.push_back(sample_line(project_id::random(), server, sample_noon()));
        all.push_back(line(log_level::info, log_category::output));
        all.back().message = "100% of \"Disk_1\"";
        all.back().search_text = "100% of disk_1";
        insert(all);
    }
};

/// A noisy day of many projects, and few lines that matter in the asked one.
struct crowded_fixture : server_log_fixture {
    crowded_fixture() {
        lines entries;
        for (int i = 0; i < 12'000; ++i) {
            const bool own = i % 12 == 0;
            auto entry = sample_line(own ? project : project_id::random(),
                                     i % 1'200 == 0 ? server : server_id::random(), sample_noon());
            if (i % 3'000 == 0) {
                entry.level = log_level::error;
                entry.category = log_category::crash;
            }
            entries.push_back(std::move(entry));
        }
        insert(entries);
        run([](pqxx::connection& live) { pqxx::nontransaction{live}.exec("VACUUM (ANALYZE)"); });
        filter.limit = 50;
    }
};

} // namespace

TEST_CASE_METHOD(server_log_fixture, "a line comes back as it was, however often it is sent",
                 "[storage][server_log]") {
    auto sent = line(log_level::error, log_category::crash);
    sent.message = std::string{"a\0b", 3};
    insert({sent});
    insert({sent});
    const auto found = page();
    REQUIRE(found.entries.size() == 1);
    const auto& got = found.entries[0];
    CHECK(got.id == sent.id);
    CHECK(got.project == project);
    CHECK(got.server == server);
    CHECK(got.level == log_level::error);
    CHECK(got.category == log_category::crash);
    CHECK(got.message == "a\xEF\xBF\xBD"
                         "b");
    CHECK_FALSE(found.next_cursor);
}

TEST_CASE_METHOD(mixed_log_fixture, "a walk through lines finds each, oldest first",
                 "[storage][server_log]") {
    SECTION("of a project") {}
    SECTION("of all projects") { filter.project.reset(); }
    SECTION("of one level") { filter.levels = {log_level::warning}; }
    std::vector<uuid> wanted;
    for (const auto& each : all) {
        if (passes(filter, each)) {
            wanted.push_back(each.id);
        }
    }
    std::sort(wanted.begin(), wanted.end());
    std::vector<uuid> walked;
    for (std::optional<uuid> last = uuid{}; last;) {
        walk_step<model::server_log_entry> step;
        run([&](pqxx::connection& live) { step = lines_after(live, filter, *last, {2, 3}); });
        for (const auto& each : step.rows) {
            walked.push_back(each.id);
        }
        last = step.next;
    }
    CHECK(walked == wanted);
}

TEST_CASE_METHOD(mixed_log_fixture, "statements and the test in memory find the same lines",
                 "[storage][server_log]") {
    filter.limit = 500;
    SECTION("a project") {}
    SECTION("all projects") { filter.project.reset(); }
    SECTION("no project") { filter.project = project_id{}; }
    SECTION("a server") { filter.servers = {server}; }
    SECTION("servers") { filter.servers = {all.end()[-3].server, server_id::random()}; }
    SECTION("a level") { filter.levels = {log_level::warning}; }
    SECTION("levels") { filter.levels = {log_level::error, log_level::debug}; }
    SECTION("categories") { filter.categories = {log_category::crash, log_category::refresh}; }
    SECTION("both") {
        filter.levels = {log_level::error};
        filter.categories = {log_category::output};
    }
    SECTION("text") { filter.search = "listening"; }
    SECTION("text with the signs of patterns") { filter.search = "0% of disk_1"; }
    SECTION("text that is nowhere") { filter.search = "disk%1"; }
    std::set<uuid> wanted;
    for (const auto& each : all) {
        if (passes(filter, each)) {
            wanted.insert(each.id);
        }
    }
    std::set<uuid> got;
    for (const auto& each : page().entries) {
        got.insert(each.id);
    }
    CHECK(got == wanted);
}

TEST_CASE_METHOD(server_log_fixture, "pages follow each other without gap or repetition",
                 "[storage][server_log]") {
    lines sent;
    for (int i = 0; i < 25; ++i) {
        sent.push_back(line(log_level::info, log_category::output));
    }
    insert(sent);
    filter.limit = 10;
    std::vector<uuid> got;
    for (int pages = 0; pages < 5; ++pages) {
        const auto found = page();
        for (const auto& each : found.entries) {
            got.push_back(each.id);
        }
        filter.before = found.next_cursor;
        if (!filter.before) {
            break;
        }
        // What comes meanwhile is newer than the walk.
        insert({line(log_level::info, log_category::output)});
    }
    std::vector<uuid> wanted;
    for (auto each = sent.rbegin(); each != sent.rend(); ++each) {
        wanted.push_back(each->id);
    }
    CHECK(got == wanted);
}

TEST_CASE_METHOD(server_log_fixture, "a range holds its first millisecond and not its last",
                 "[storage][server_log]") {
    insert(
        {sample_line(project, server, filter.from - 1ms), sample_line(project, server, filter.from),
         sample_line(project, server, filter.to - 1ms), sample_line(project, server, filter.to)});
    const auto found = page().entries;
    REQUIRE(found.size() == 2);
    CHECK(found[0].id.timestamp() == filter.to - 1ms);
    CHECK(found[1].id.timestamp() == filter.from);
}

TEST_CASE_METHOD(mixed_log_fixture, "a summary counts levels and categories and names errors",
                 "[storage][server_log]") {
    insert(lines(5, line(log_level::error, log_category::crash)));
    std::size_t lines_counted = 0;
    const auto found = summary();
    for (const auto& count : found.counts) {
        CHECK(count.lines >= 1);
        lines_counted += count.lines;
    }
    // One of another project is left out; the same line five times is one.
    CHECK(lines_counted == all.size() - 1 + 1);
    CHECK(found.counts.size() == 24);
    REQUIRE(found.newest_errors.size() == 7);
    CHECK(found.newest_errors[0].category == log_category::crash);
    for (const auto& each : found.newest_errors) {
        CHECK(each.level == log_level::error);
    }
    for (int i = 0; i < 10; ++i) {
        insert({line(log_level::error, log_category::startup)});
    }
    CHECK(summary().newest_errors.size() == newest_errors_max);
}

TEST_CASE_METHOD(crowded_fixture, "each list of lines is read from an index of its own",
                 "[storage][server_log]") {
    std::string index = "server_log_project";
    SECTION("of a project") {}
    SECTION("of a server") {
        filter.servers = {server};
        index = "server_log_server";
    }
    SECTION("of a rare level") {
        filter.levels = {log_level::error};
        index = "server_log_trouble";
    }
    SECTION("of rare levels") {
        filter.levels = {log_level::error, log_level::warning};
        index = "server_log_trouble";
    }
    SECTION("of a rare category") {
        filter.categories = {log_category::crash};
        index = "server_log_events";
    }
    SECTION("of a rare level anywhere") {
        filter.project.reset();
        filter.levels = {log_level::error};
        index = "server_log_all_trouble";
    }
    SECTION("behind a cursor") { filter.before = uuid::floor(sample_noon() + 30min); }
    const auto text = plan_of(*this, server_log_statement(filter));
    INFO(text);
    CHECK(text.find("Index Only Scan using " + index) != std::string::npos);
    CHECK(text.find("Seq Scan") == std::string::npos);
    CHECK_FALSE(page().entries.empty());
}

TEST_CASE_METHOD(crowded_fixture, "text that is rare is looked for in the project's lines alone",
                 "[storage][server_log]") {
    filter.search = "needle in it";
    const auto text = plan_of(*this, server_log_statement(filter));
    INFO(text);
    CHECK(text.find("Index Scan on server_log_project") != std::string::npos);
}

TEST_CASE_METHOD(crowded_fixture, "lines are counted from an index alone",
                 "[storage][server_log]") {
    const auto text = plan_of(*this, server_log_counts_statement(filter));
    INFO(text);
    CHECK(text.find("Index Only Scan using server_log_project") != std::string::npos);
}
