#include "actors/remote_link.hpp"

#include "actors/restart_policy.hpp"
#include "core/ascii.hpp"
#include "mcp/event_client.hpp"
#include "mcp/streamable_client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orch::actors {

namespace {

/// What is read of an answer that only says why there is none.
constexpr std::size_t problem_bytes_max = 16 * kib;

mcp::remote_limits limits_of(const net::client_options& options) {
    mcp::remote_limits limits;
    // The rest is for streams and for what goes out beside the requests.
    limits.requests_max = std::max<std::size_t>(options.requests_max / 2, 1);
    limits.others_max = std::max<std::size_t>(options.requests_max / 4, 1);
    limits.jitter = random_jitter;
    return limits;
}

std::string_view verb_of(mcp::remote_request::verb method) {
    switch (method) {
    case mcp::remote_request::verb::get: return "GET";
    case mcp::remote_request::verb::post: return "POST";
    case mcp::remote_request::verb::erase: return "DELETE";
    }
    return "GET";
}

} // namespace

remote_link::remote_link(boost::asio::io_context& context, remote_spec spec, callbacks tell)
    : spec_(std::move(spec)), callbacks_(std::move(tell)), http_(context, spec_.url, spec_.options),
      client_(make_client(spec_.speaks)) {}

std::unique_ptr<mcp::remote_client> remote_link::make_client(remote_spec::dialect dialect) {
    mcp::remote_port& port = *this;
    const auto limits = limits_of(spec_.options);
    if (dialect == remote_spec::dialect::streamable) {
        return std::make_unique<mcp::streamable_client>(port, limits);
    }
    return std::make_unique<mcp::event_client>(port, limits);
}

remote_link::~remote_link() = default;

bool remote_link::write_line(std::string line) {
    if (over_) {
        return false;
    }
    if (greeting_.empty()) {
        greeting_ = line;
    }
    return client_->send(std::move(line));
}

void remote_link::close() {
    if (!over_) {
        client_->close();
    }
}

void remote_link::kill() {
    for (const auto& [number, open] : std::exchange(exchanges_, {})) {
        http_.cancel(open.number);
    }
    ended("closed");
}

bool remote_link::ask(std::uint64_t number, mcp::remote_request request) {
    const auto http_number = http_.start(to_http(std::move(request)), wire(number));
    if (http_number == 0) {
        return false;
    }
    exchanges_[number].number = http_number;
    return true;
}

net::client_request remote_link::to_http(mcp::remote_request&& request) const {
    net::client_request out;
    out.method = verb_of(request.method);
    out.target = request.target.empty() ? spec_.url.target : std::move(request.target);
    out.headers = std::move(request.headers);
    out.headers.emplace_back("Accept-Encoding", "identity");
    out.headers.emplace_back("User-Agent", spec_.user_agent);
    out.headers.insert(out.headers.end(), spec_.headers.begin(), spec_.headers.end());
    out.body = std::move(request.body);
    out.delay = request.delay;
    using haste = mcp::remote_request::haste;
    if (request.due == haste::whole) {
        out.answer_timeout = spec_.patience;
    } else if (request.due == haste::head) {
        out.head_timeout = spec_.patience;
    }
    return out;
}

net::http_client::handlers remote_link::wire(std::uint64_t number) {
    net::http_client::handlers out;
    out.on_head = [this, number](const net::client_response& head) {
        head_came(number, head);
    };
    out.on_data = [this, number](std::string_view bytes) {
        data_came(number, bytes);
    };
    out.on_end = [this, number](const net::client_failure* failure) {
        answer_ended(number, failure);
    };
    return out;
}

void remote_link::head_came(std::uint64_t number, const net::client_response& head) {
    const auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return;
    }
    auto& from = found->second;
    from.began = std::chrono::steady_clock::now();
    from.head.status = head.status;
    from.head.reason = head.reason;
    from.head.content_type = ascii_lowered(head.header("content-type"));
    from.head.session = head.header("mcp-session-id");
    if (head.status / 100 == 3) {
        const auto place = head.header("location");
        from.head.redirect = place.empty() ? "" : resolve(place);
        from.head.reason.append(" to ").append(place.substr(0, place.find('?')));
    }
    from.streams = head.status == 200 && from.head.content_type.starts_with("text/event-stream");
    if (from.streams) {
        from.events.emplace(spec_.options.body_bytes_max);
        client_->stream_began(number, from.head);
    }
}

void remote_link::data_came(std::uint64_t number, std::string_view bytes) {
    auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return;
    }
    if (!found->second.streams) {
        body_came(number, found->second, bytes);
        return;
    }
    while (auto event = found->second.events->take(bytes)) {
        client_->stream_event(number, {std::move(event->type), std::move(event->data),
                                       std::move(event->id), event->retry, event->discarded_bytes});
        found = exchanges_.find(number);
        if (found == exchanges_.end()) {
            return;
        }
    }
}

void remote_link::body_came(std::uint64_t number, exchange& from, std::string_view bytes) {
    const bool fine = from.head.status == 200;
    const auto limit = fine ? spec_.options.body_bytes_max : problem_bytes_max;
    if (from.body.size() + bytes.size() <= limit) {
        from.body.append(bytes);
    } else if (fine) {
        cancel(number);
        client_->failed(number,
                        {true, fmt::format("its answer is over the limit of {} bytes", limit)});
    } else {
        from.body.append(bytes.substr(0, limit - from.body.size()));
    }
}

std::chrono::milliseconds remote_link::lived_of(const exchange& over) {
    using namespace std::chrono;
    return over.streams ? duration_cast<milliseconds>(steady_clock::now() - over.began)
                        : milliseconds{0};
}

void remote_link::answer_ended(std::uint64_t number, const net::client_failure* failure) {
    const auto found = exchanges_.find(number);
    if (found == exchanges_.end()) {
        return;
    }
    auto over = std::move(found->second);
    exchanges_.erase(found);
    if (failure != nullptr) {
        client_->failed(number, {failure->sent, failure->reason, lived_of(over)});
    } else if (over.streams) {
        client_->failed(number,
                        {true, fmt::format("{}: its stream of events ended", spec_.url.origin()),
                         lived_of(over)});
    } else {
        client_->answered(number, over.head, std::move(over.body));
    }
    if (std::exchange(swapping_, false)) {
        fall_back();
    }
}

void remote_link::fall_back() {
    client_ = make_client(remote_spec::dialect::events);
    (void)client_->send(greeting_);
}

void remote_link::cancel(std::uint64_t number) {
    const auto found = exchanges_.find(number);
    if (found != exchanges_.end()) {
        http_.cancel(found->second.number);
        exchanges_.erase(found);
    }
}

void remote_link::release(std::uint64_t number) {
    const auto found = exchanges_.find(number);
    if (found != exchanges_.end()) {
        http_.release(found->second.number);
        exchanges_.erase(found);
    }
}

std::string remote_link::resolve(std::string_view reference) {
    const auto place = spec_.url.resolve(reference);
    return place && place->origin() == spec_.url.origin() ? place->target : "";
}

void remote_link::message(std::string line, std::string_view request) {
    callbacks_.on_line(std::move(line), request);
}

void remote_link::lost(std::string_view request, std::string why) {
    callbacks_.on_lost(request, std::move(why));
}

void remote_link::renewed(std::string line) { callbacks_.on_renewed(std::move(line)); }

void remote_link::note(std::string text) { callbacks_.on_note(std::move(text)); }

void remote_link::unsuited(std::string why) {
    unsuited_ = std::move(why);
    swapping_ = true;
}

void remote_link::ended(std::string why) {
    if (std::exchange(over_, true)) {
        return;
    }
    if (!unsuited_.empty() && why != "closed") {
        why = fmt::format("it speaks neither Streamable HTTP ({}) nor HTTP+SSE ({})", unsuited_,
                          why);
    }
    callbacks_.on_end(std::move(why));
}

} // namespace orch::actors
