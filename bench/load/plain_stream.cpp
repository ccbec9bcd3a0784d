#include "bench/load/plain_stream.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace orch::bench {

plain_stream::plain_stream(boost::asio::io_context& context, endpoint where, std::uint32_t number)
    : where_(std::move(where)), number_(number),
      events_([this](std::string_view, std::string_view data) {
          if (on_event_) {
              on_event_(data);
          }
      }),
      reader_({[this](int status, std::string_view) {
                   if (status != 200) {
                       throw std::runtime_error("no stream: status " + std::to_string(status));
                   }
                   ready_();
               },
               [this](std::string_view piece) { events_.feed(piece); },
               [] {
                   throw std::runtime_error("a stream ended");
               }}),
      connection_(context, {[this](std::string_view bytes) { reader_.feed(bytes); },
                            [](const std::string& why) {
                                throw std::runtime_error(why);
                            }}) {}

void plain_stream::open(std::function<void()> ready) {
    ready_ = std::move(ready);
    connection_.connect(where_.to, source_of(number_));
    connection_.send(http_request(where_.to, "GET", where_.path, "Accept: text/event-stream\r\n"));
}

} // namespace orch::bench
