#include "storage/session_query.hpp"
#include "storage/session_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/storage/plan.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

/// Sessions of a project, asked for the two hours around the sample noon.
struct session_fixture : database_fixture {
    project_id project = project_id::random();
    session_filter filter;

    session_fixture() {
        filter.project = project;
        filter.from = sample_noon() - 1h;
        filter.to = sample_noon() + 1h;
    }
    void save(const std::vector<model::client_session>& rows) {
        run([&](pqxx::connection& live) { save_sessions(live, rows); });
    }
    session_page page() {
        session_page out;
        run([&](pqxx::connection& live) { out = query_sessions(live, filter); });
        return out;
    }
    std::vector<session_id> found() {
        std::vector<session_id> ids;
        for (const auto& row : page().sessions) {
            ids.push_back(row.id);
        }
        return ids;
    }
};

} // namespace

TEST_CASE_METHOD(session_fixture, "each filter finds its sessions", "[storage][session]") {
    auto wanted = sample_session(project);
    auto other = sample_session(project);
    other.connected_at -= 2s;
    const auto foreign = sample_session(project_id::random());
    SECTION("live") {
        other.disconnected_at = sample_noon();
        filter.state = session_state::live;
    }
    SECTION("ended") {
        wanted.disconnected_at = sample_noon();
        filter.state = session_state::ended;
    }
    SECTION("kind of client") {
        wanted.caller.client_type = "cursor";
        filter.client_types = {"cursor", "cline"};
    }
    SECTION("principal") {
        wanted.caller.principal = "user:7";
        filter.principal = "user:7";
    }
    SECTION("server") { filter.server = wanted.server; }
    SECTION("range") {
        other.connected_at = filter.from - 1us;
        wanted.connected_at = filter.from;
    }
    SECTION("end of the range") {
        other.connected_at = filter.to;
        wanted.connected_at = filter.to - 1us;
    }
    save({wanted, other, foreign});
    CHECK(found() == std::vector{wanted.id});
}

TEST_CASE_METHOD(session_fixture, "sessions come newest first, page by page",
                 "[storage][session]") {
    std::vector<model::client_session> rows;
    for (int i = 0; i < 7; ++i) {
        rows.push_back(sample_session(project));
        // Pairs begin in the same moment.
        rows.back().connected_at += std::chrono::microseconds(i / 2);
    }
    save(rows);
    const auto all = found();
    REQUIRE(all.size() == 7);
    CHECK_FALSE(page().next_cursor);
    filter.limit = 3;
    std::vector<session_id> walked;
    do {
        const auto next = page();
        for (const auto& row : next.sessions) {
            walked.push_back(row.id);
        }
        filter.before = next.next_cursor;
        auto meanwhile = sample_session(project);
        meanwhile.connected_at += 1s;
        save({meanwhile});
    } while (filter.before && walked.size() < 20);
    CHECK(walked == all);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CHECK(rows[i].connected_at >= rows[i - 1].connected_at);
    }
    CHECK(all.front() == rows.back().id);
}

TEST_CASE_METHOD(session_fixture, "one session is found in its project alone",
                 "[storage][session]") {
    const auto row = sample_session(project);
    save({row});
    run([&](pqxx::connection& live) {
        const auto got = find_session(live, project, row.id);
        REQUIRE(got);
        CHECK(got->total_calls == 5);
        CHECK_FALSE(find_session(live, project_id::random(), row.id));
        CHECK_FALSE(find_session(live, project, session_id::random()));
    });
}

TEST_CASE_METHOD(session_fixture, "the open sessions of an instance are its own",
                 "[storage][session]") {
    const auto own = sample_session(project);
    auto over = sample_session(project);
    over.instance = own.instance;
    over.disconnected_at = sample_noon();
    save({own, over, sample_session(project)});
    run([&](pqxx::connection& live) {
        const auto open = open_sessions(live, own.instance);
        REQUIRE(open.size() == 1);
        CHECK(open[0].id == own.id);
    });
}

TEST_CASE_METHOD(session_fixture, "live sessions have an index among all that ever were",
                 "[storage][session]") {
    std::vector<model::client_session> rows;
    for (int i = 0; i < 4'000; ++i) {
        rows.push_back(sample_session(project));
        rows.back().connected_at += std::chrono::milliseconds(i);
        if (i % 400 != 0) {
            rows.back().disconnected_at = sample_noon();
        }
    }
    save(rows);
    run([](pqxx::connection& live) { pqxx::nontransaction{live}.exec("VACUUM (ANALYZE)"); });
    std::string index = "client_sessions_project";
    SECTION("all") {}
    SECTION("behind a cursor") { filter.before = rows[2'000].id; }
    SECTION("live") {
        filter.state = session_state::live;
        index = "client_sessions_live";
    }
    const auto text = plan_of(*this, sessions_statement(filter));
    INFO(text);
    CHECK(text.find("Index Scan using " + index) != std::string::npos);
    CHECK(text.find("Sort") == std::string::npos);
}
