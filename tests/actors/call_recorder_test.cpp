#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;

namespace {

struct recording : actor_fixture {
    ~recording() {
        end_actors();
        recorder->detach();
    }

    model::call_record numbered(int number) {
        model::call_record record;
        record.request_id = std::to_string(number);
        record.times.received = clock.wall();
        record.times.finished = clock.wall();
        return record;
    }

    spool_place spool;
    uuid_sequence sequence;
    inbox metrics;
    inbox shipper;
    caf::actor shipping = probe(shipper);
    std::unique_ptr<actors::call_recorder> recorder = spool.recorder(unit(), sequence,
                                                                     {probe(metrics), {}});
    std::shared_ptr<fake_port> port = std::make_shared<fake_port>();
};

} // namespace

TEST_CASE_METHOD(recording, "an answer leaves only after its record is in the spool",
                 "[actors][recorder]") {
    std::vector<std::size_t> written;
    port->on_answer = [&] {
        written.push_back(spool.records().size());
    };
    recorder->record(numbered(1), port, {nullptr, "one"});
    recorder->record(numbered(2), port, {nullptr, "two"});
    // Nothing happens within the turn: neither the write nor the answers.
    CHECK(spool.records().empty());
    CHECK(port->answers.empty());
    settle();
    CHECK(port->answers == std::vector<std::string>{"one", "two"});
    CHECK(written == std::vector<std::size_t>{2, 2});
}

TEST_CASE_METHOD(recording, "finished calls are announced together when asked",
                 "[actors][recorder]") {
    recorder->record(numbered(1), port, {});
    recorder->record(numbered(2), nullptr, {});
    settle();
    CHECK(metrics.of<actors::calls_finished>().empty());
    recorder->announce();
    recorder->record(numbered(3), port, {});
    recorder->announce();
    recorder->announce();
    settle();
    const auto& told = metrics.of<actors::calls_finished>();
    REQUIRE(told.size() == 2);
    CHECK(told[0].calls->size() == 2);
    CHECK(told[1].calls->size() == 1);
    CHECK(port->answers.size() == 2);
}

TEST_CASE_METHOD(recording, "record ids rise, also when the clock stands still",
                 "[actors][recorder]") {
    for (int i = 0; i < 100; ++i) {
        recorder->record(numbered(i), nullptr, {});
    }
    settle();
    const auto records = spool.records();
    REQUIRE(records.size() == 100);
    for (std::size_t i = 1; i < records.size(); ++i) {
        CHECK(records[i - 1].id < records[i].id);
        CHECK(records[i].request_id == std::to_string(i));
    }
}

TEST_CASE_METHOD(recording, "an answer may lead to another record", "[actors][recorder]") {
    port->on_answer = [&] {
        port->on_answer = nullptr;
        recorder->record(numbered(2), port, {nullptr, "second"});
    };
    recorder->record(numbered(1), port, {nullptr, "first"});
    settle();
    CHECK(port->answers == std::vector<std::string>{"first", "second"});
    CHECK(spool.records().size() == 2);
}

TEST_CASE_METHOD(recording, "a report covers everything recorded before it", "[actors][recorder]") {
    recorder->record(numbered(1), port, {});
    const auto cutoff = sequence.next(clock.wall());
    recorder->report_flushed(shipping, cutoff);
    CHECK(spool.records().size() == 1);
    CHECK(port->answers.size() == 1);
    settle();
    REQUIRE(shipper.of<actors::spool_flushed>().size() == 1);
    const auto& report = shipper.of<actors::spool_flushed>()[0];
    CHECK(report.cutoff == cutoff);
    CHECK(report.position.offset > 0);
    CHECK(port->answers.size() == 1);
}

TEST_CASE_METHOD(recording, "a recorder accepts until its spool is full", "[actors][recorder]") {
    CHECK(recorder->accepting());
    spool.usage->add(spool.options.bytes_max);
    CHECK_FALSE(recorder->accepting());
    spool.usage->subtract(spool.options.bytes_max);
    CHECK(recorder->accepting());
}
