#include "core/byte_sizes.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>

using namespace orch;
using namespace orch::test;

namespace {

struct recording : actor_fixture {
    ~recording() {
        end_actors();
        recorder->detach();
    }

    model::call_record_ptr numbered(int number) {
        auto record = std::make_unique<model::call_record>();
        record->request_id = std::to_string(number);
        record->times.received = clock.wall();
        record->times.finished = clock.wall();
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

TEST_CASE_METHOD(recording, "who took a report is told once that there is more",
                 "[actors][recorder]") {
    recorder->report_flushed(shipping, sequence.next(clock.wall()));
    settle();
    CHECK(shipper.of<actors::records_wait>().empty());
    recorder->record(numbered(1), port, {});
    recorder->record(numbered(2), port, {});
    settle();
    CHECK(shipper.of<actors::records_wait>().size() == 1);
    recorder->report_flushed(shipping, sequence.next(clock.wall()));
    settle();
    CHECK(shipper.of<actors::records_wait>().size() == 1);
    recorder->record(numbered(3), port, {});
    settle();
    CHECK(shipper.of<actors::records_wait>().size() == 2);
}

TEST_CASE_METHOD(recording, "who took a report is told of records beyond its cutoff",
                 "[actors][recorder]") {
    const auto cutoff = sequence.next(clock.wall());
    recorder->record(numbered(1), port, {});
    recorder->report_flushed(shipping, cutoff);
    settle();
    CHECK(shipper.of<actors::records_wait>().size() == 1);
    recorder->report_flushed(shipping, sequence.next(clock.wall()));
    settle();
    CHECK(shipper.of<actors::records_wait>().size() == 1);
}

TEST_CASE_METHOD(recording, "a recorder accepts until its spool is full", "[actors][recorder]") {
    CHECK(recorder->accepting());
    spool.usage->add(spool.options.bytes_max);
    CHECK_FALSE(recorder->accepting());
    spool.usage->subtract(spool.options.bytes_max);
    CHECK(recorder->accepting());
}

namespace {

/// A recorder whose spool directory can be taken away, so that writing fails.
struct failing_recording : recording {
    explicit failing_recording(storage::full_spool_policy policy) {
        recorder->detach();
        spool.instance = instance_id::random();
        spool.options.when_full = policy;
        spool.options.segment_bytes_max =
            64; // Every flush needs a new segment, hence the directory.
        recorder = spool.recorder(unit(), sequence, {probe(metrics), {}});
        recorder->record(numbered(0), nullptr, {});
        settle();
    }
    void take_directory() {
        std::filesystem::rename(spool.options.directory, spool.options.directory + ".away");
    }
    void give_directory() {
        std::filesystem::rename(spool.options.directory + ".away", spool.options.directory);
    }
};

} // namespace

TEST_CASE("an answer waits while its record cannot be written", "[actors][recorder]") {
    failing_recording fixture(storage::full_spool_policy::refuse);
    fixture.take_directory();
    fixture.recorder->record(fixture.numbered(1), fixture.port, {nullptr, "one"});
    fixture.settle();
    CHECK(fixture.port->answers.empty());
    CHECK_FALSE(fixture.recorder->accepting());
    // Whoever ships the spool is to come again, or the answer would wait for another call.
    fixture.recorder->report_flushed(fixture.shipping, fixture.sequence.next(fixture.clock.wall()));
    fixture.settle();
    CHECK(fixture.shipper.of<actors::records_wait>().size() == 1);
    fixture.give_directory();
    fixture.recorder->flush();
    CHECK(fixture.port->answers == std::vector<std::string>{"one"});
    CHECK(fixture.spool.records().size() == 2);
    CHECK(fixture.recorder->accepting());
}

TEST_CASE("with the policy gap an answer leaves without its record", "[actors][recorder]") {
    failing_recording fixture(storage::full_spool_policy::gap);
    fixture.take_directory();
    fixture.recorder->record(fixture.numbered(1), fixture.port, {nullptr, "one"});
    fixture.settle();
    CHECK(fixture.port->answers == std::vector<std::string>{"one"});
    // The spool is full now: what comes is answered and counted, and takes no room.
    fixture.recorder->record(fixture.numbered(2), fixture.port, {nullptr, "two"});
    fixture.settle();
    CHECK(fixture.port->answers.size() == 2);
    CHECK(fixture.recorder->unrecorded() == 1);
    fixture.give_directory();
    fixture.recorder->flush();
    CHECK(fixture.spool.records().size() == 2);
}

TEST_CASE_METHOD(recording, "a record that the spool does not take is counted",
                 "[actors][recorder]") {
    auto huge = numbered(1);
    huge->error_message = std::string(17 * mib, 'x');
    recorder->record(std::move(huge), port, {nullptr, "one"});
    settle();
    CHECK(recorder->unrecorded() == 1);
    CHECK(port->answers.size() == 1);
}

TEST_CASE("where no rows are kept answers leave and calls are counted", "[actors][recorder]") {
    recording fixture;
    fixture.recorder->detach();
    fixture.spool.instance = instance_id::random();
    fixture.spool.keeps_rows = false;
    fixture.recorder = fixture.spool.recorder(fixture.unit(), fixture.sequence,
                                              {fixture.probe(fixture.metrics), {}});
    fixture.recorder->record(fixture.numbered(1), fixture.port, {nullptr, "one"});
    fixture.settle();
    CHECK(fixture.port->answers == std::vector<std::string>{"one"});
    CHECK(fixture.spool.records().empty());
    CHECK(fixture.recorder->unrecorded() == 0);
    fixture.recorder->announce();
    fixture.settle();
    CHECK(fixture.metrics.of<actors::calls_finished>().size() == 1);
}
