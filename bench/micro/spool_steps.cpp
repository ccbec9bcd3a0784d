#include "bench/micro/samples.hpp"
#include "bench/micro/step.hpp"
#include "storage/spool.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace orch::bench {

namespace {

/// A spool that is begun anew before it fills the disk.
class bounded_spool {
public:
    explicit bounded_spool(const std::string& directory) { options_.directory = directory; }

    std::size_t keep(const model::call_record& record) {
        if (!writer_ || writer_->flushed().segment >= segments_max) {
            begin();
        }
        return writer_->append(record) && writer_->flush() ? writer_->flushed().offset : 0;
    }

private:
    static constexpr std::size_t segments_max = 4;

    void begin() {
        writer_.reset();
        std::filesystem::remove_all(options_.directory);
        auto opened = storage::spool_writer::open(options_, {}, 0);
        if (!opened) {
            throw std::runtime_error{opened.error().detail};
        }
        writer_ = std::make_unique<storage::spool_writer>(std::move(*opened));
    }

    storage::spool_options options_;
    std::unique_ptr<storage::spool_writer> writer_;
};

} // namespace

std::vector<step_kind> spool_steps(const std::string& directory) {
    return {{"append_record",
             {usual_call_bytes, 4'096, 65'536},
             [directory](std::size_t bytes) -> step {
                 const auto spool = std::make_shared<bounded_spool>(directory + "/spool");
                 return [spool, record = sample_record(bytes)] {
                     return spool->keep(record);
                 };
             }}};
}

} // namespace orch::bench
