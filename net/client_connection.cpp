#include "net/client_connection.hpp"

#include <boost/beast/http/parser.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace orch::net {

namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// Room for the end of an answer that nobody waits for any more.
constexpr std::chrono::seconds release_limit{1};
/// The server may close at the very moment that it said.
constexpr std::chrono::seconds idle_margin{1};

/// A body whose bytes go on at once, since a stream of events has no end to wait for.
struct forwarded_body {
    using value_type = std::function<void(std::string_view)>;

    class reader {
    public:
        template <bool IsRequest, class Fields>
        reader(http::header<IsRequest, Fields>& /*head*/, value_type& to) : to_(to) {}
        static void init(const boost::optional<std::uint64_t>& /*length*/, error_code& failure) {
            failure = {};
        }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, error_code& failure) {
            failure = {};
            std::size_t bytes = 0;
            for (auto at = boost::asio::buffer_sequence_begin(buffers);
                 at != boost::asio::buffer_sequence_end(buffers); ++at) {
                const boost::asio::const_buffer piece = *at;
                to_({static_cast<const char*>(piece.data()), piece.size()});
                bytes += piece.size();
            }
            return bytes;
        }
        static void finish(error_code& failure) { failure = {}; }

    private:
        value_type& to_;
    };
};

std::chrono::milliseconds idle_limit_of(std::string_view keep_alive,
                                        std::chrono::milliseconds ours) {
    constexpr std::string_view key = "timeout=";
    const auto at = keep_alive.find(key);
    if (at == std::string_view::npos) {
        return ours;
    }
    const auto number = keep_alive.substr(at + key.size());
    int seconds = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), seconds).ec != std::errc{}) {
        return ours;
    }
    const auto theirs = std::chrono::seconds(seconds) - idle_margin;
    return std::clamp<std::chrono::milliseconds>(theirs, std::chrono::milliseconds{0}, ours);
}

} // namespace

struct client_connection::answer {
    http::response_parser<forwarded_body> parser;
    client_response head;
};

client_connection::client_connection(boost::asio::io_context& context, const web_url& peer,
                                     const client_options& options, tls_client& tls,
                                     std::function<void(client_connection&)> on_closed)
    : peer_(peer), options_(options), stream_(context, peer_, options_, tls),
      on_closed_(std::move(on_closed)), idle_limit_(options.idle_timeout), timer_(context) {}

client_connection::~client_connection() = default;

void client_connection::run(client_request request, http_client::handlers handlers) {
    request_ = std::move(request);
    handlers_ = std::move(handlers);
    sent_any_ = false;
    written_ = false;
    released_ = false;
    if (phase_ == phase::idle) {
        send();
        return;
    }
    phase_ = phase::opening;
    expect_within(options_.connect_timeout,
                  fmt::format("no connection within {} ms", options_.connect_timeout.count()));
    stream_.open([self = shared_from_this()](const std::string& problem) {
        if (self->is_closed()) {
            return;
        }
        if (!problem.empty()) {
            self->fail(problem);
            return;
        }
        self->send();
    });
}

std::string client_connection::head_text() const {
    auto out = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request_.method, request_.target,
                           peer_.authority());
    for (const auto& [name, value] : request_.headers) {
        out.append(name).append(": ").append(value).append("\r\n");
    }
    if (request_.body) {
        out.append(fmt::format("Content-Length: {}\r\n", request_.body->size()));
    }
    return out.append("\r\n");
}

void client_connection::send() {
    phase_ = phase::busy;
    sent_any_ = true;
    head_ = head_text();
    expect_answer();
    expect_within(options_.stall_timeout, "it does not read the request");
    const auto body = request_.body ? boost::asio::buffer(*request_.body)
                                    : boost::asio::const_buffer{};
    stream_.write(boost::asio::buffer(head_), body,
                  // The body lives as long as the operation reads it.
                  [self = shared_from_this(), kept = request_.body](
                      const error_code& failure, std::size_t) { self->written(failure); });
    read();
}

void client_connection::expect_answer() {
    answer_ = std::make_unique<answer>();
    answer_->parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes_max));
    // A stream of events has no end; other bodies are bounded by whoever keeps them.
    answer_->parser.body_limit(boost::none);
}

void client_connection::written(const error_code& failure) {
    if (phase_ != phase::busy) {
        return;
    }
    if (failure) {
        // An early answer says more than the broken pipe: the reader goes on, and sees the end.
        return;
    }
    written_ = true;
    if (request_.answer_timeout.count() > 0) {
        answer_deadline_ = clock::now() + request_.answer_timeout;
    }
    if (answer_->head.status == 0) {
        expect_within(request_.head_timeout,
                      fmt::format("no answer within {} ms", request_.head_timeout.count()));
    } else {
        expect_more();
    }
}

void client_connection::read() {
    if (std::exchange(reading_, true)) {
        return;
    }
    stream_.read_some(boost::asio::buffer(buffer_),
                      [self = shared_from_this()](const error_code& failure, std::size_t bytes) {
                          self->reading_ = false;
                          if (self->is_closed()) {
                              return;
                          }
                          if (failure) {
                              self->read_failed(failure);
                          } else {
                              self->take(bytes);
                          }
                      });
}

void client_connection::take(std::size_t bytes) {
    if (phase_ != phase::busy) {
        // Nobody asked anything.
        close();
        return;
    }
    if (answer_->head.status != 0 && !released_) {
        expect_more();
    }
    unparsed_.append(buffer_.data(), bytes);
    parse();
    if (!is_closed()) {
        read();
    }
}

void client_connection::parse() {
    while (phase_ == phase::busy && !unparsed_.empty()) {
        if (!parse_some()) {
            return;
        }
    }
}

bool client_connection::parse_some() {
    error_code failure;
    const auto used = answer_->parser.put(boost::asio::buffer(unparsed_), failure);
    if (is_closed()) {
        return false;
    }
    unparsed_.erase(0, used);
    if (failure && failure != http::error::need_more) {
        fail(fmt::format("it answers with what is no HTTP: {}", failure.message()));
        return false;
    }
    if (answer_->parser.is_header_done() && answer_->head.status == 0) {
        head_arrived();
    }
    if (phase_ == phase::busy && answer_->head.status != 0 && answer_->parser.is_done()) {
        answer_ended();
        return false;
    }
    return !failure && used > 0;
}

void client_connection::head_arrived() {
    auto& parser = answer_->parser;
    const auto& head = parser.get();
    if (head.result_int() / 100 == 1) {
        // Only a hint that the answer is on its way.
        expect_answer();
        return;
    }
    answer_->head.status = static_cast<int>(head.result_int());
    answer_->head.reason = std::string(head.reason());
    for (const auto& field : head) {
        answer_->head.headers.emplace_back(field.name_string(), field.value());
    }
    const auto coding = answer_->head.header("content-encoding");
    if (!coding.empty() && coding != "identity") {
        fail(fmt::format("its answer is coded as {}, which was not asked for", coding));
        return;
    }
    constexpr std::string_view stream = "text/event-stream";
    const auto type = answer_->head.header("content-type").substr(0, stream.size());
    if (boost::beast::iequals({type.data(), type.size()}, {stream.data(), stream.size()})) {
        expect_within({}, "");
    } else {
        expect_within(options_.stall_timeout, "its answer does not go on");
    }
    idle_limit_ = idle_limit_of(answer_->head.header("keep-alive"), options_.idle_timeout);
    parser.get().body() = [this](std::string_view bytes) {
        if (phase_ == phase::busy && !released_ && handlers_.on_data) {
            const auto tell = handlers_.on_data;
            tell(bytes);
        }
    };
    parser.eager(true);
    if (!released_ && handlers_.on_head) {
        const auto tell = handlers_.on_head;
        tell(answer_->head);
    }
}

void client_connection::answer_ended() {
    const bool reusable = answer_->parser.keep_alive() && written_ && unparsed_.empty() &&
                          idle_limit_.count() > 0;
    if (!reusable) {
        const auto kept = shared_from_this();
        finish(nullptr);
        close();
        return;
    }
    phase_ = phase::idle;
    answer_deadline_ = clock::time_point::max();
    expect_within(idle_limit_, "");
    finish(nullptr);
}

void client_connection::read_failed(const error_code& failure) {
    if (phase_ != phase::busy) {
        close();
        return;
    }
    auto& parser = answer_->parser;
    if (failure == boost::asio::error::eof && answer_->head.status != 0 && !parser.is_done()) {
        error_code cut;
        parser.put_eof(cut);
        if (is_closed()) {
            return;
        }
        if (!cut && parser.is_done()) {
            answer_ended();
            return;
        }
    }
    const bool begun = answer_->head.status != 0;
    fail(fmt::format("the connection was lost {} ({})",
                     begun ? "within its answer" : "before its answer", failure.message()));
}

void client_connection::fail(const std::string& why) {
    const auto kept = shared_from_this();
    const client_failure failure{sent_any_, fmt::format("{}: {}", peer_.origin(), why)};
    finish(&failure);
    close();
}

void client_connection::finish(const client_failure* failure) {
    const auto handlers = std::exchange(handlers_, {});
    if (!released_ && handlers.on_end) {
        handlers.on_end(failure);
    }
}

void client_connection::release() {
    released_ = true;
    handlers_ = {};
    if (phase_ == phase::busy && answer_->head.status != 0) {
        expect_within(release_limit, "");
    } else if (phase_ != phase::idle) {
        close();
    }
}

void client_connection::close() {
    if (is_closed()) {
        return;
    }
    phase_ = phase::closed;
    handlers_ = {};
    timer_.cancel();
    stream_.close();
    if (const auto tell = std::exchange(on_closed_, nullptr)) {
        tell(*this);
    }
}

void client_connection::expect_within(std::chrono::milliseconds limit, std::string otherwise) {
    step_limit_ = limit;
    overdue_text_ = std::move(otherwise);
    expect_more();
}

void client_connection::expect_more() {
    const auto before = deadline_;
    const auto step = step_limit_.count() > 0 ? clock::now() + step_limit_
                                              : clock::time_point::max();
    deadline_ = std::min(step, answer_deadline_);
    if (deadline_ != clock::time_point::max() && (!watching_ || deadline_ < before)) {
        watch();
    }
}

void client_connection::watch() {
    watching_ = true;
    timer_.expires_at(deadline_);
    timer_.async_wait([self = shared_from_this()](const error_code& failure) {
        if (failure || self->is_closed()) {
            return;
        }
        self->watching_ = false;
        if (self->deadline_ == clock::time_point::max()) {
            return;
        }
        if (clock::now() < self->deadline_) {
            self->watch();
        } else {
            self->overdue();
        }
    });
}

void client_connection::overdue() {
    if (phase_ == phase::idle || released_) {
        close();
    } else if (clock::now() < answer_deadline_) {
        fail(overdue_text_);
    } else {
        fail(fmt::format("no {}answer within {} ms", answer_->head.status == 0 ? "" : "whole ",
                         request_.answer_timeout.count()));
    }
}

} // namespace orch::net
