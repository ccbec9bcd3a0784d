#include "tests/storage/spool_fixture.hpp"

#include <atomic>
#include <mutex>
#include <thread>

using namespace spool_test;

namespace {

/// What a writer tells the shipper after each flush: its end, and the highest id below which it
/// will write nothing more.
class flush_report {
public:
    void set(storage::spool_position end, orch::uuid cutoff, bool last) {
        const std::lock_guard lock(mutex_);
        end_ = end;
        cutoff_ = cutoff;
        last_ = last;
    }
    struct view {
        storage::spool_position end;
        orch::uuid cutoff;
        bool last = false;
    };
    [[nodiscard]] view get() const {
        const std::lock_guard lock(mutex_);
        return {end_, cutoff_, last_};
    }

private:
    mutable std::mutex mutex_;
    storage::spool_position end_;
    orch::uuid cutoff_;
    bool last_ = false;
};

void write_all(storage::spool_writer writer, orch::uuid_sequence& ids, flush_report& report,
               std::uint64_t count, std::atomic<std::uint64_t>& failures) {
    for (std::uint64_t number = 1; number <= count; ++number) {
        auto record = numbered(number);
        // Every id of this writer after this one is greater, so all up to it are final.
        record.id = ids.next();
        failures += writer.append(record) ? 0 : 1;
        if (number % 5 == 0 || number == count) {
            failures += writer.flush() ? 0 : 1;
            report.set(writer.flushed(), record.id, number == count);
        }
    }
}

} // namespace

TEST_CASE("a reader in another thread gets every record once, in order", "[storage][spool]") {
    constexpr std::uint64_t count = 50'000;
    spool_place place;
    place.options.segment_bytes_max = 512 * 1024;
    orch::uuid_sequence ids;
    flush_report report;
    std::atomic<std::uint64_t> failures{0};
    auto reader = place.reader();
    auto made = place.writer();
    std::thread writing([&] { write_all(std::move(made), ids, report, count, failures); });

    std::uint64_t next = 1;
    orch::uuid previous;
    std::uint64_t disorder = 0;
    std::uint64_t read_errors = 0;
    std::uint64_t batches = 0;
    for (bool last = false; !last || next <= count;) {
        const auto seen = report.get();
        std::vector<model::call_record> batch;
        read_errors += reader.read(seen.end, seen.cutoff, 256, batch) ? 0 : 1;
        // As if the database had refused every third batch.
        if (++batches % 3 == 0) {
            reader.rewind();
            continue;
        }
        for (const auto& record : batch) {
            disorder += record.id > previous && number_of(record) == next ? 0 : 1;
            previous = record.id;
            ++next;
        }
        reader.release();
        last = seen.last;
        if (batch.empty() && last) {
            break;
        }
    }
    writing.join();
    CHECK(failures == 0);
    CHECK(read_errors == 0);
    CHECK(disorder == 0);
    CHECK(next == count + 1);
    CHECK(reader.damaged() == 0);
    CHECK(place.files().size() == 1);
    CHECK(place.usage->bytes() == storage::spool_bytes(place.options));
}
