#include "bench/load/poster.hpp"

#include <stdexcept>

namespace orch::bench {

poster::poster(boost::asio::io_context& context, const target& to)
    : reader_({[this](int status, std::string_view head) {
                   answer_ = {status, std::string(head), {}};
               },
               [this](std::string_view piece) { answer_.body.append(piece); },
               [this] {
                   finish();
               }}),
      connection_(context, [this](std::string_view bytes) { reader_.feed(bytes); }) {
    connection_.connect(to);
}

void poster::send(std::string request, receiver on_answer) {
    queue_.push_back({std::move(request), std::move(on_answer)});
    if (queue_.size() == 1) {
        connection_.send(std::move(queue_.front().request));
    }
}

void poster::finish() {
    if (queue_.empty()) {
        throw std::runtime_error("a response that nobody asked for");
    }
    const auto done = std::move(queue_.front());
    queue_.pop_front();
    if (!queue_.empty()) {
        connection_.send(std::move(queue_.front().request));
    }
    done.on_answer(answer_);
}

} // namespace orch::bench
