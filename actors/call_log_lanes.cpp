#include "actors/call_log_lanes.hpp"

#include "core/log.hpp"
#include "storage/spool_directory.hpp"

#include <algorithm>

namespace orch::actors {

namespace {

bool all_stored(call_log_lane& lane) {
    uuid last;
    last.bytes.fill(0xff);
    lane.reader.rewind();
    std::vector<model::call_record> left;
    return lane.reader.read(lane.end, last, 1, left) && left.empty();
}

} // namespace

result<std::vector<call_log_lane>> open_lanes(const storage::spool_options& options,
                                              const instance_id& instance, std::size_t units,
                                              const std::shared_ptr<storage::spool_usage>& usage) {
    std::vector<call_log_lane> lanes;
    for (std::size_t unit = 0; unit < units; ++unit) {
        auto reader = storage::spool_reader::open(options, instance, unit, usage);
        if (!reader) {
            return reader.error();
        }
        lanes.push_back({std::move(*reader)});
    }
    return lanes;
}

void finish_lanes(std::vector<call_log_lane>& lanes, const storage::spool_options& options,
                  const instance_id& instance) {
    // A recorder may have written after the last flush, so the files have the last word.
    for (const auto& segment : storage::list_segments(options.directory)) {
        if (segment.name.instance == instance.value && segment.name.unit < lanes.size()) {
            auto& end = lanes[segment.name.unit].end;
            end = std::max(end, storage::spool_position{segment.name.segment, segment.bytes});
        }
    }
    for (auto& lane : lanes) {
        if (!all_stored(lane)) {
            log::info("call-log", "records that are not stored yet wait for the next start");
            continue;
        }
        lane.reader.release();
        lane.reader.finish(lane.end);
    }
    lanes.clear();
}

} // namespace orch::actors
