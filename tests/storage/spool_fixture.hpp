#pragma once

#include "core/model/observation.hpp"
#include "storage/spool.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace spool_test {

namespace fs = std::filesystem;
namespace model = orch::model;
namespace storage = orch::storage;

inline const orch::uuid no_cutoff{
    {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}};

/// A directory of its own and one instance that spools there.
class spool_place {
public:
    spool_place() {
        // One level down, so that the spool itself has to create its directory.
        options.directory = root_.file("spool");
    }

    [[nodiscard]] storage::spool_writer writer(std::size_t unit = 0) const {
        auto opened = storage::spool_writer::open(options, instance, unit, usage);
        if (!opened) {
            FAIL(opened.error().detail);
        }
        return std::move(*opened);
    }
    [[nodiscard]] storage::spool_reader reader(std::size_t unit = 0) const {
        auto opened = storage::spool_reader::open(options, instance, unit, usage);
        if (!opened) {
            FAIL(opened.error().detail);
        }
        return std::move(*opened);
    }
    [[nodiscard]] std::vector<std::string> files() const {
        return storage::find_remains(options, orch::instance_id{}).files;
    }

    storage::spool_options options;
    orch::instance_id instance = orch::instance_id::random();
    std::shared_ptr<storage::spool_usage> usage = std::make_shared<storage::spool_usage>(
        options.bytes_max);

private:
    orch::test::temporary_directory root_;
};

/// A record that says its own number, with ids in the order of numbers.
inline model::call_record numbered(std::uint64_t number, std::size_t body_bytes = 100) {
    model::call_record record;
    for (std::size_t i = 0; i < 8; ++i) {
        record.id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * (7 - i)));
    }
    record.request_id = std::to_string(number);
    record.tool_name = "tool";
    record.arguments.bytes.assign(body_bytes, static_cast<char>('a' + number % 26));
    record.arguments.size = body_bytes;
    return record;
}

inline std::uint64_t number_of(const model::call_record& record) {
    return std::stoull(record.request_id);
}

inline std::vector<std::uint64_t> numbers_of(const std::vector<model::call_record>& records) {
    std::vector<std::uint64_t> numbers;
    for (const auto& record : records) {
        numbers.push_back(number_of(record));
    }
    return numbers;
}

inline std::vector<model::call_record> read(storage::spool_reader& reader,
                                            const storage::spool_position& end,
                                            const orch::uuid& cutoff = no_cutoff,
                                            std::size_t count_max = 1'000'000) {
    std::vector<model::call_record> records;
    if (auto done = reader.read(end, cutoff, count_max, records); !done) {
        FAIL(done.error().detail);
    }
    return records;
}

inline void flush(storage::spool_writer& writer) {
    if (auto done = writer.flush(); !done) {
        FAIL(done.error().detail);
    }
}

inline std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void replace_content(const std::string& file, std::string_view content) {
    // Some file systems write a file out when it is truncated and closed; a new one they do not.
    fs::remove(file);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

struct remains_reading {
    std::vector<model::call_record> records;
    std::uint64_t damaged = 0;
};

inline remains_reading read_remains(const std::string& file) {
    remains_reading reading;
    auto records = storage::read_remains(file, reading.damaged);
    if (!records) {
        FAIL(records.error().detail);
    }
    reading.records = std::move(*records);
    return reading;
}

} // namespace spool_test
