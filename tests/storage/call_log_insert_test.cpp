#include "storage/call_log_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

insert_report insert(database_fixture& database, const std::vector<model::call_record>& records) {
    insert_report report;
    database.run([&](pqxx::connection& live) { report = insert_calls(live, records); });
    return report;
}

model::call_record find(database_fixture& database, const model::call_record& wanted) {
    std::optional<model::call_record> found;
    database.run(
        [&](pqxx::connection& live) { found = find_call(live, wanted.project, wanted.id); });
    REQUIRE(found);
    return *found;
}

std::vector<model::call_record> samples(std::size_t count) {
    const auto project = project_id::random();
    std::vector<model::call_record> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(sample_call(project, sample_noon() + std::chrono::milliseconds{i}));
    }
    return out;
}

} // namespace

TEST_CASE("a call record comes back with every field", "[storage][call_log]") {
    database_fixture database;
    auto full = samples(2);
    full[0].retention_days = GENERATE(7, 30, 90, 365);
    full[0].status = model::call_status::error;
    full[0].failure = model::error_class::tool_error;
    full[0].error_code = -32602;
    full[0].error_message = "no such \"file\"";
    auto& sparse = full[1];
    sparse.server = {};
    sparse.caller = {};
    sparse.times.authorised = sparse.times.queued = sparse.times.sent = std::nullopt;
    sparse.times.answered = std::nullopt;
    CHECK(insert(database, full).inserted == 2);
    check_same(find(database, full[0]), full[0]);
    check_same(find(database, sparse), sparse);
}

TEST_CASE("a repeated batch inserts nothing and a grown one only the rest", "[storage][call_log]") {
    database_fixture database;
    auto batch = samples(150);
    auto later = batch;
    batch.resize(100);
    CHECK(insert(database, batch).inserted == 100);
    CHECK(insert(database, batch).inserted == 0);
    CHECK(insert(database, later).inserted == 50);
    CHECK(database.value("SELECT count(*) FROM call_log") == "150");
}

TEST_CASE("what was inserted before a known row showed up is counted once", "[storage][call_log]") {
    database_fixture database;
    // More than one statement takes, and the known row is in the last.
    auto batch = samples(600);
    CHECK(insert(database, {batch.back()}).inserted == 1);
    CHECK(insert(database, batch).inserted == 599);
    CHECK(database.value("SELECT count(*) FROM call_log") == "600");
    CHECK(database.value("SELECT sum(calls) FROM usage_daily") == "600");
}

TEST_CASE("a batch of many rows or of large bodies goes in piece by piece, in order",
          "[storage][call_log]") {
    database_fixture database;
    CHECK(insert(database, samples(1'300)).inserted == 1'300);
    CHECK(database.value("SELECT bool_and(id > before) FROM (SELECT id, lag(id) OVER"
                         " (ORDER BY ctid) AS before FROM call_log) AS rows") == "t");
    auto large = samples(3);
    for (auto& record : large) {
        record.result.bytes = std::string(3 * 1024 * 1024, 'x');
    }
    CHECK(insert(database, large).inserted == 3);
    check_same(find(database, large[2]), large[2]);
}

TEST_CASE("text that PostgreSQL refuses is replaced, bodies keep their bytes",
          "[storage][call_log]") {
    database_fixture database;
    auto batch = samples(1);
    batch[0].tool_name = std::string{"a\0b", 3} + std::string(5000, 'x');
    batch[0].caller.user_agent = "\xFF\xC3\xA9\xED\xA0\x80";
    batch[0].error_message = std::string(1, '\0');
    const auto report = insert(database, batch);
    CHECK(report.inserted == 1);
    CHECK(report.refused.empty());
    const auto got = find(database, batch[0]);
    CHECK(got.tool_name.size() == 1000);
    CHECK(got.tool_name.starts_with("a\xEF\xBF\xBD"
                                    "bx"));
    CHECK(got.caller.user_agent == "\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(got.error_message == "\xEF\xBF\xBD");
    CHECK(got.arguments.bytes == batch[0].arguments.bytes);
}

TEST_CASE("a row that cannot be stored does not block its batch", "[storage][call_log]") {
    database_fixture database;
    auto batch = samples(70);
    batch[3].result.sha256 = "too short";
    batch[5].retention_days = 31;
    batch[66].id = uuid::random();
    const auto report = insert(database, batch);
    CHECK(report.inserted == 67);
    REQUIRE(report.refused.size() == 3);
    CHECK(report.refused[0].id == batch[5].id);
    CHECK(report.refused[1].id == batch[66].id);
    CHECK(report.refused[2].id == batch[3].id);
    CHECK(report.refused[2].reason.find("sha256") != std::string::npos);
}

TEST_CASE("a statement that takes too long goes in smaller ones", "[storage][call_log]") {
    database_fixture database;
    database.apply("CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS"
                   " 'BEGIN PERFORM pg_sleep(0.02); RETURN new; END'");
    database.apply("CREATE TRIGGER dawdle BEFORE INSERT ON call_log"
                   " FOR EACH ROW EXECUTE FUNCTION dawdle()");
    database.apply("SET statement_timeout = '300ms'");
    const auto batch = samples(30);
    const auto report = insert(database, batch);
    CHECK(report.inserted == 30);
    CHECK(report.refused.empty());
}

TEST_CASE("rows go to the partition of their class and UTC day", "[storage][call_log]") {
    database_fixture database;
    const auto midnight = sample_noon() + 12h;
    const auto project = project_id::random();
    auto batch = std::vector{sample_call(project, midnight - 1ms), sample_call(project, midnight)};
    batch[1].retention_days = 7;
    CHECK(insert(database, batch).inserted == 2);
    CHECK(database.value("SELECT count(*) FROM ONLY call_log_30_20260314") == "1");
    CHECK(database.value("SELECT count(*) FROM ONLY call_log_7_20260315") == "1");
}

TEST_CASE("the newest id is that of the last row of any class", "[storage][call_log]") {
    database_fixture database;
    uuid newest = uuid::random();
    database.run([&](pqxx::connection& live) { newest = newest_call_id(live); });
    CHECK(newest.is_nil());
    auto batch = samples(3);
    batch[0].retention_days = 365;
    batch[2].retention_days = 7;
    insert(database, batch);
    database.run([&](pqxx::connection& live) { newest = newest_call_id(live); });
    CHECK(newest == batch[2].id);
}
