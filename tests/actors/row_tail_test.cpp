#include "actors/row_tail.hpp"

#include "storage/call_filter_match.hpp"
#include "storage/call_log_store.hpp"
#include "tests/actors/writer_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <random>
#include <set>
#include <utility>

using namespace orch;
using namespace orch::test;

namespace {

using model::call_record;

/// A client's connection: it reads when the test says so.
class fake_stream final : public net::event_stream {
public:
    void send(net::frame piece) override {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(*piece);
        bytes_waiting_ += piece->size();
        most_bytes_ = std::max(most_bytes_, bytes_waiting_);
    }
    void finish() override { end(net::stream_end::finished); }
    void break_off() override { end(net::stream_end::broken_off); }
    void on_drained(std::function<void()> callback) override {
        const std::lock_guard lock(mutex_);
        drained_ = std::move(callback);
    }
    void on_end(std::function<void(net::stream_end)> callback) override {
        const std::lock_guard lock(mutex_);
        ended_ = std::move(callback);
    }
    std::size_t unit() const noexcept override { return 0; }

    void read() {
        std::function<void()> drained;
        {
            const std::lock_guard lock(mutex_);
            std::move(waiting_.begin(), waiting_.end(), std::back_inserter(read_));
            waiting_.clear();
            bytes_waiting_ = 0;
            drained = std::move(drained_);
            drained_ = nullptr;
        }
        if (drained) {
            drained();
        }
    }
    void end(net::stream_end why) {
        std::function<void(net::stream_end)> ended;
        {
            const std::lock_guard lock(mutex_);
            end_ = why;
            ended = std::move(ended_);
            ended_ = nullptr;
        }
        if (ended) {
            ended(why);
        }
    }
    std::vector<std::string> frames() const {
        const std::lock_guard lock(mutex_);
        return read_;
    }
    std::optional<net::stream_end> how_ended() const {
        const std::lock_guard lock(mutex_);
        return end_;
    }
    std::size_t most_bytes() const {
        const std::lock_guard lock(mutex_);
        return most_bytes_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> waiting_;
    std::vector<std::string> read_;
    std::size_t bytes_waiting_ = 0;
    std::size_t most_bytes_ = 0;
    std::function<void()> drained_;
    std::function<void(net::stream_end)> ended_;
    std::optional<net::stream_end> end_;
};

class fake_watcher final : public actors::row_watcher<call_record> {
public:
    explicit fake_watcher(const project_id& project) { filter_.project = project; }

    bool wants(const call_record& row) const override { return storage::passes(filter_, row); }
    storage::walk_step<call_record> rows_after(pqxx::connection& live, const uuid& last,
                                               const storage::walk_limits& limits) const override {
        ++readings;
        if (before_reading) {
            before_reading();
        }
        return storage::calls_after(live, filter_, last, {limits.found_max, rows_per_step});
    }
    uuid newest_row(pqxx::connection& live) const override { return storage::newest_call_id(live); }
    bool sees_names() const override { return is_told_names; }
    net::frame encode(const call_record& row) const override {
        return std::make_shared<const std::string>(row.request_id + padding);
    }
    net::frame greeting(const uuid&) const override {
        return std::make_shared<const std::string>("ready");
    }
    bool may_stay() override { return is_welcome; }
    net::event_stream& stream() const override { return *connection; }
    void dismiss() override { connection->finish(); }

    std::shared_ptr<fake_stream> connection = std::make_shared<fake_stream>();
    std::string padding;
    bool is_told_names = false;
    std::atomic<bool> is_welcome{true};
    /// Runs on the thread of the tail.
    std::function<void()> before_reading;
    mutable std::atomic<int> readings{0};
    int rows_per_step = storage::walk_limits{}.rows_max;

private:
    storage::call_filter filter_;
};

class tail_fixture : public writer_fixture {
public:
    tail_fixture() : writer_fixture(3) {}

    std::shared_ptr<fake_watcher> watch(std::optional<uuid> since = {}, std::string padding = {},
                                        bool is_told_names = false) {
        auto watcher = std::make_shared<fake_watcher>(project);
        watcher->padding = std::move(padding);
        watcher->is_told_names = is_told_names;
        loop.tell(tail, actors::watch_rows<call_record>{watcher, since});
        return watcher;
    }
    /// Reads until the watcher has seen the row of the latest call.
    bool read_to_end(const fake_watcher& watcher) {
        const auto last = std::to_string(calls) + watcher.padding;
        return loop.run_until([&] {
            watcher.connection->read();
            const auto frames = watcher.connection->frames();
            return !frames.empty() && frames.back() == last;
        });
    }
    bool read_greeting(const fake_watcher& watcher) {
        return loop.run_until([&] {
            watcher.connection->read();
            return !watcher.connection->frames().empty();
        });
    }
    std::vector<std::string> shown(const fake_watcher& watcher) const {
        auto frames = watcher.connection->frames();
        REQUIRE(frames.front() == "ready");
        frames.erase(frames.begin());
        return frames;
    }
    std::vector<std::string> numbers(int from, int to) const {
        std::vector<std::string> all;
        for (int i = from; i <= to; ++i) {
            all.push_back(std::to_string(i));
        }
        return all;
    }

    caf::actor tail = spawn_tail();
    caf::actor writer = write(tail);

private:
    caf::actor spawn_tail() {
        caf::actor made = loop.system.spawn<actors::row_tail<call_record>, caf::detached>(
            database.options(), gate);
        loop.adopt(made);
        return made;
    }
};

} // namespace

TEST_CASE_METHOD(tail_fixture, "a watcher sees what is stored from now on, or behind a row",
                 "[actors][tail]") {
    record(3);
    REQUIRE(flush(writer));
    const auto now = watch();
    REQUIRE(read_greeting(*now));
    record(2);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*now));
    CHECK(shown(*now) == numbers(4, 5));
    CHECK(now->readings == 0);
    const auto all = watch(uuid{});
    REQUIRE(read_to_end(*all));
    CHECK(shown(*all) == numbers(1, 5));
}

TEST_CASE_METHOD(tail_fixture, "who is told no names gets no bytes of those who are",
                 "[actors][tail]") {
    const auto key = watch();
    const auto person = watch({}, " by Ada", true);
    const auto other_key = watch();
    for (const auto& one : {key, person, other_key}) {
        REQUIRE(read_greeting(*one));
    }
    record(2);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*person));
    REQUIRE(read_to_end(*key));
    REQUIRE(read_to_end(*other_key));
    CHECK(shown(*person) == std::vector<std::string>{"1 by Ada", "2 by Ada"});
    CHECK(shown(*key) == numbers(1, 2));
    CHECK(shown(*other_key) == numbers(1, 2));
}

TEST_CASE_METHOD(tail_fixture, "rows that are stored while the database is read are shown once",
                 "[actors][tail]") {
    auto watcher = std::make_shared<fake_watcher>(project);
    // The tail may read once more after the last row was seen, and so after this test.
    const auto is_reading = std::make_shared<std::atomic<bool>>(false);
    std::promise<void> stored;
    watcher->before_reading = [is_reading, is_stored = stored.get_future().share()] {
        *is_reading = true;
        is_stored.wait();
    };
    loop.tell(tail, actors::watch_rows<call_record>{watcher, uuid{}});
    REQUIRE(loop.run_until([&] { return is_reading->load(); }));
    record(3);
    const bool is_flushed = flush(writer);
    stored.set_value();
    REQUIRE(is_flushed);
    record(1);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*watcher));
    CHECK(shown(*watcher) == numbers(1, 4));
}

TEST_CASE_METHOD(tail_fixture, "who does not read falls behind, and reads on from the database",
                 "[actors][tail]") {
    const std::string padding(20'000, '.');
    const auto slow = watch({}, padding);
    REQUIRE(read_greeting(*slow));
    for (int i = 0; i < 20; ++i) {
        record(15);
        REQUIRE(flush(writer));
    }
    REQUIRE(read_to_end(*slow));
    const auto got = shown(*slow);
    REQUIRE(got.size() == 300);
    for (int i = 0; i < 300; ++i) {
        CHECK(got[static_cast<std::size_t>(i)] == std::to_string(i + 1) + padding);
    }
    CHECK(slow->readings > 0);
    CHECK(slow->connection->most_bytes() < 1'200'000);
}

TEST_CASE_METHOD(tail_fixture, "a long way is walked in short steps", "[actors][tail]") {
    record(50);
    REQUIRE(flush(writer));
    auto watcher = std::make_shared<fake_watcher>(project);
    watcher->rows_per_step = 3;
    loop.tell(tail, actors::watch_rows<call_record>{watcher, uuid{}});
    REQUIRE(read_to_end(*watcher));
    CHECK(watcher->readings >= 16);
    record(2);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*watcher));
    CHECK(shown(*watcher) == numbers(1, 52));
}

TEST_CASE_METHOD(tail_fixture, "rows that an earlier run left in several files are shown once each",
                 "[actors][tail]") {
    const auto present = std::exchange(spool.instance, instance_id::random());
    std::vector<std::unique_ptr<actors::call_recorder>> earlier;
    for (std::size_t unit = 0; unit < recorders.size(); ++unit) {
        earlier.push_back(spool.recorder(loop.unit(unit), sequence, {}));
    }
    spool.instance = present;
    for (std::size_t i = 0; i < 30; ++i) {
        record_by(*earlier[i % earlier.size()]);
    }
    for (const auto& each : earlier) {
        each->flush();
    }
    const auto watcher = watch(uuid{});
    REQUIRE(flush(writer));
    record(1);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*watcher));
    CHECK(shown(*watcher) == numbers(1, 31));
}

TEST_CASE_METHOD(tail_fixture, "rows that find no room on the way are read from the database",
                 "[actors][tail]") {
    const auto watcher = watch();
    REQUIRE(read_greeting(*watcher));
    record(500);
    REQUIRE(flush(writer));
    REQUIRE(read_to_end(*watcher));
    CHECK(shown(*watcher) == numbers(1, 500));
    CHECK(watcher->readings > 0);
}

TEST_CASE_METHOD(tail_fixture, "a watcher that is not welcome any more is sent off",
                 "[actors][tail]") {
    const auto watcher = watch();
    const auto other = watch();
    REQUIRE(read_greeting(*watcher));
    REQUIRE(read_greeting(*other));
    watcher->is_welcome = false;
    SECTION("when rights change") { loop.tell(tail, actors::review_watchers{}); }
    SECTION("before it sees another row") {
        record(1);
        REQUIRE(flush(writer));
        REQUIRE(read_to_end(*other));
    }
    REQUIRE(loop.run_until([&] { return watcher->connection->how_ended().has_value(); }));
    CHECK(watcher->connection->how_ended() == net::stream_end::finished);
    CHECK(shown(*watcher).empty());
    CHECK_FALSE(other->connection->how_ended());
}

TEST_CASE_METHOD(tail_fixture, "rows are handed over only while somebody watches",
                 "[actors][tail]") {
    const auto watcher = watch();
    REQUIRE(read_greeting(*watcher));
    CHECK(gate->is_watched());
    watcher->connection->end(net::stream_end::peer_closed);
    CHECK(loop.run_until([&] { return !gate->is_watched(); }));
}

TEST_CASE_METHOD(tail_fixture, "streams break off when the tail dies, so that clients come back",
                 "[actors][tail]") {
    const auto watcher = watch();
    REQUIRE(read_greeting(*watcher));
    REQUIRE(end(tail, caf::exit_reason::unhandled_exception));
    CHECK(watcher->connection->how_ended() == net::stream_end::broken_off);
    CHECK_FALSE(gate->is_watched());
}

TEST_CASE_METHOD(tail_fixture,
                 "who pages and watches sees each row once, in whatever order it came",
                 "[actors][tail]") {
    std::mt19937 chance{11};
    storage::call_filter filter;
    for (int round = 0; round < 25; ++round) {
        project = project_id::random();
        filter.project = project;
        filter.to = loop.clock.wall() + std::chrono::hours(1'000'000);
        const int first = calls + 1;
        int flushes = 0;
        const auto stir = [&](int most) {
            for (std::size_t i = 0; i < 3; ++i) {
                record(static_cast<int>(chance() % most), chance() % recorders.size());
            }
            if (chance() % 2 == 0) {
                // Not every unit has heard of it when the next calls end.
                ++flushes;
                ask_flush(writer, [&flushes] { --flushes; });
                loop.unit(chance() % recorders.size()).poll();
            } else if (chance() % 2 == 0) {
                loop.settle();
            }
        };
        stir(60);
        REQUIRE(flush(writer));
        std::set<std::string> seen;
        std::size_t count = 0;
        filter.before = std::nullopt;
        filter.limit = static_cast<int>(5 + chance() % 40);
        uuid live_from;
        std::shared_ptr<fake_watcher> watcher;
        do {
            storage::call_page page;
            database.run([&](pqxx::connection& connection) {
                page = storage::query_calls(connection, filter);
            });
            if (!watcher) {
                live_from = page.records.empty() ? uuid{} : page.records.front().id;
                stir(60);
                watcher = watch(live_from, std::string(chance() % 2 == 0 ? 0 : 9'000, '.'));
            }
            for (const auto& record : page.records) {
                ++count;
                seen.insert(record.request_id);
            }
            filter.before = page.next_cursor;
            stir(10);
            if (chance() % 3 == 0) {
                watcher->connection->read();
            }
        } while (filter.before);
        REQUIRE(loop.run_until([&] { return flushes == 0; }));
        record(1);
        REQUIRE(flush(writer));
        REQUIRE(read_to_end(*watcher));
        for (const auto& frame : shown(*watcher)) {
            ++count;
            seen.insert(frame.substr(0, frame.find('.')));
        }
        CHECK(count == static_cast<std::size_t>(calls - first + 1));
        CHECK(seen.size() == count);
        watcher->connection->end(net::stream_end::peer_closed);
    }
}
