#include "bench/load/poster.hpp"

#include <stdexcept>
#include <utility>

namespace orch::bench {

poster::poster(boost::asio::io_context& context, target to, unsigned char source)
    : to_(std::move(to)), source_(source),
      events_([this](std::string_view type, std::string_view data) {
          if (on_event_) {
              on_event_(type, data);
          }
      }),
      reader_({[this](int status, std::string_view head) { begin(status, head); },
               [this](std::string_view piece) {
                   if (has_events_) {
                       events_.feed(piece);
                   } else {
                       answer_.body.append(piece);
                   }
               },
               [this] {
                   finish();
               }}),
      connection_(context, {[this](std::string_view bytes) { reader_.feed(bytes); },
                            [this](const std::string& why) {
                                lose(why);
                            }}) {}

void poster::send(std::string request, receiver on_answer) {
    queue_.push_back({std::move(request), std::move(on_answer)});
    if (queue_.size() == 1) {
        send_first();
    }
}

void poster::send_first() {
    if (!is_connected_) {
        reader_.start_over();
        events_.start_over();
        connection_.connect(to_, source_);
        is_connected_ = true;
    }
    connection_.send(std::move(queue_.front().request));
}

void poster::close(client_connection::manner how) {
    is_connected_ = false;
    connection_.close(how);
    queue_.clear();
}

void poster::begin(int status, std::string_view head) {
    answer_.status = status;
    answer_.head = head;
    answer_.body.clear(); // and not anew, since its memory can serve again
    has_events_ = header_value(head, "content-type").starts_with("text/event-stream");
}

void poster::finish() {
    if (queue_.empty()) {
        return; // closed meanwhile
    }
    const auto done = std::move(queue_.front());
    queue_.pop_front();
    if (header_value(answer_.head, "connection") == "close") {
        connection_.close();
        is_connected_ = false;
    }
    if (!queue_.empty()) {
        send_first();
    }
    done.on_answer(answer_);
}

void poster::lose(const std::string& why) {
    is_connected_ = false;
    if (queue_.empty()) {
        return;
    }
    queue_.clear();
    if (!on_lost_) {
        throw std::runtime_error(why);
    }
    on_lost_(why);
}

} // namespace orch::bench
