#include "app/cli/connect_link.hpp"

#include "app/cli/admin_client.hpp"
#include "core/byte_sizes.hpp"
#include "core/uuid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orch::app::cli {

using namespace std::chrono_literals;

namespace {

constexpr auto head_timeout = 30s;
// Keep-alives come every minute or more often (`http.keep_alive_interval`) unless the peer is gone.
constexpr auto silence_max = 90s;
// An orchestrator that starts makes its database first.
constexpr auto start_timeout = 60s;
constexpr auto first_pause = 100ms;
constexpr auto longest_pause = 2'000ms;
// Clients that end a server kill it after 2 s.
constexpr auto last_answers = 1'500ms;
constexpr std::size_t refusal_bytes_max = mib;
// More than the orchestrator can be told to take from a server in one line.
constexpr std::size_t event_bytes_max = gib + mib;
constexpr int gone = 404;
constexpr int starting = 503;

std::string reason(const net::response& answer) {
    auto detail = refusal_of(answer).detail;
    // Faults of a message are said in JSON-RPC.
    if (const auto parsed = parse_json(answer.body)) {
        const auto* members = parsed->if_object();
        const auto* fault = members == nullptr ? nullptr : members->if_contains("error");
        if (auto said = fault == nullptr ? "" : text_of(*fault, "message"); !said.empty()) {
            detail = std::move(said);
        }
    }
    return "mcp-orch refused the message: " + detail;
}

} // namespace

connect_link::connect_link(connect_target target, std::chrono::seconds patience,
                           std::function<void(const std::string&)> to_client)
    : target_(std::move(target)), patience_(patience), to_client_(std::move(to_client)),
      journal_(fmt::format("mcp-orch-connect-{}-", uuid::random().to_hex())) {}

connect_link::~connect_link() { finish(); }

result<void> connect_link::open() {
    const auto began = clock::now();
    const auto may_come = [&](const error& why) {
        // Programs that start with a desktop may do so before the orchestrator does.
        return (why.code == errc::busy && clock::now() < began + start_timeout) ||
               (why.code == errc::unavailable && clock::now() < began + patience_);
    };
    auto opened = open_stream();
    while (!opened && may_come(opened.error()) && pause(first_pause)) {
        opened = open_stream();
    }
    if (!opened) {
        return opened.error();
    }
    reader_ = std::thread([this, first = *opened] { read_for_ever(first); });
    return {};
}

result<connect_link::stream> connect_link::open_stream() const {
    auto headers = target_.headers;
    headers.emplace_back("Accept", "text/event-stream");
    const auto address = target_.path + "/sse";
    const auto deadline = clock::now() + head_timeout;
    auto opened = net::blocking_exchange::open(
        target_.peer, {.method = "GET", .target = address, .headers = headers}, deadline);
    if (!opened) {
        return opened.error();
    }
    if (opened->head().status == 200) {
        return std::make_shared<net::blocking_exchange>(std::move(*opened));
    }
    auto answer = opened->head();
    if (auto body = opened->read_rest(refusal_bytes_max, deadline)) {
        answer.body = std::move(*body);
    }
    auto why = refusal_of(answer);
    if (answer.status == starting) {
        why.code = errc::busy;
    } else if (answer.status == gone) {
        why.detail = fmt::format("{}: {}", target_.path, why.detail);
    }
    return why;
}

void connect_link::read_for_ever(stream open) {
    auto wait = first_pause;
    while (true) {
        if (open != nullptr) {
            read(open);
            open.reset();
            wait = first_pause;
        }
        if (!pause(wait)) {
            return;
        }
        wait = std::min<std::chrono::milliseconds>(2 * wait, longest_pause);
        if (auto again = open_stream()) {
            open = std::move(*again);
        } else {
            lost(again.error().detail);
        }
    }
}

void connect_link::read(const stream& open) {
    {
        const std::lock_guard held(mutex_);
        stream_ = open;
        if (stopping_) {
            return;
        }
    }
    net::sse_parser events(event_bytes_max);
    auto piece = open->read_some(clock::now() + silence_max);
    while (piece && !piece->empty()) {
        std::string_view rest = *piece;
        while (auto event = events.take(rest)) {
            take_event(std::move(*event));
        }
        piece = open->read_some(clock::now() + silence_max);
    }
    lost(fmt::format("the connection to mcp-orch broke: {}",
                     piece ? "it ended the session" : piece.error().detail));
}

void connect_link::take_event(net::sse_event event) {
    if (event.type == "endpoint") {
        take_endpoint(event.data);
    } else if ((event.type.empty() || event.type == "message") && !event.data.empty()) {
        take_message(std::move(event.data));
    }
}

void connect_link::take_endpoint(const std::string& address) {
    std::string greeting;
    {
        const std::lock_guard held(mutex_);
        greeting = journal_.greeting();
        greeted_address_ = greeting.empty() ? "" : address;
    }
    if (greeting.empty()) {
        connected(address);
    } else if (const auto posted = post(address, greeting); !posted) {
        lost(posted.error().detail);
    }
}

void connect_link::take_message(std::string text) {
    std::string line;
    std::string address;
    std::string fault;
    {
        const std::lock_guard held(mutex_);
        line = journal_.take_server_message(std::move(text));
        if (!journal_.awaits_greeting()) {
            address = std::exchange(greeted_address_, {});
            fault = journal_.greeting_fault();
        }
    }
    if (!line.empty()) {
        emit({line});
    }
    changed_.notify_all();
    if (!address.empty() && !fault.empty()) {
        lost(fmt::format("mcp-orch did not take the session up again: {}", fault));
    } else if (!address.empty()) {
        greet(address);
    }
}

void connect_link::greet(const std::string& address) {
    std::vector<std::string> messages;
    {
        const std::lock_guard held(mutex_);
        messages = journal_.after_greeting();
    }
    for (const auto& message : messages) {
        if (const auto posted = post(address, message); !posted) {
            lost(posted.error().detail);
            return;
        }
    }
    connected(address);
}

void connect_link::connected(const std::string& address) {
    {
        const std::lock_guard held(mutex_);
        address_ = address;
    }
    changed_.notify_all();
}

void connect_link::lost(const std::string& why) {
    std::vector<std::string> lines;
    {
        const std::lock_guard held(mutex_);
        // An outage begins once, however often the connection is tried meanwhile.
        if (!address_.empty() || lost_at_ == clock::time_point{}) {
            lost_at_ = clock::now();
        }
        address_.clear();
        greeted_address_.clear();
        why_lost_ = why;
        if (stream_ != nullptr) {
            std::exchange(stream_, nullptr)->abandon();
            lines = journal_.fail_all(why);
        }
    }
    emit(lines);
    changed_.notify_all();
}

void connect_link::lose(const std::string& address, const std::string& why) {
    {
        const std::lock_guard held(mutex_);
        if (address_ != address) {
            return;
        }
    }
    lost(why);
}

bool connect_link::pause(std::chrono::milliseconds time) {
    std::unique_lock held(mutex_);
    return !changed_.wait_for(held, time, [this] { return stopping_; });
}

std::optional<std::string> connect_link::await_connection() {
    std::unique_lock held(mutex_);
    const auto came = [this] {
        return !address_.empty() || stopping_;
    };
    // Without an outage there is a first connection, whose endpoint is only on its way.
    const auto since = lost_at_ == clock::time_point{} ? clock::now() : lost_at_;
    return changed_.wait_until(held, since + patience_, came) && !stopping_
               ? std::optional(address_)
               : std::nullopt;
}

void connect_link::say(std::string line) {
    std::vector<connect_journal::heard> said;
    {
        const std::lock_guard held(mutex_);
        said = journal_.take_client_line(std::move(line));
    }
    for (const auto& message : said) {
        if (message.answer.empty()) {
            deliver(message);
        } else {
            emit({message.answer});
        }
    }
}

void connect_link::deliver(const connect_journal::heard& said) {
    std::string why;
    while (const auto address = await_connection()) {
        {
            const std::lock_guard held(mutex_);
            if (journal_.is_over(said.id)) {
                return;
            }
        }
        const auto posted = post(*address, said.forward);
        if (posted) {
            return;
        }
        why = posted.error().detail;
        // Only what was certainly not taken may be said again.
        if (posted.error().code != errc::unavailable) {
            break;
        }
        lose(*address, why);
    }
    std::string answer;
    {
        const std::lock_guard held(mutex_);
        answer = journal_.fail(said.id, why.empty() ? why_lost_ : why);
    }
    if (!answer.empty()) {
        emit({answer});
    }
}

result<void> connect_link::post(const std::string& address, const std::string& message) {
    const auto deadline = clock::now() + head_timeout;
    auto exchange = net::blocking_exchange::open(
        target_.peer,
        {.method = "POST", .target = address, .headers = target_.headers, .body = message},
        deadline);
    if (!exchange) {
        return exchange.error();
    }
    auto answer = exchange->head();
    if (answer.status < 300) {
        return {};
    }
    auto body = exchange->read_rest(refusal_bytes_max, deadline);
    answer.body = body ? std::move(*body) : std::string();
    return error{answer.status == gone ? errc::unavailable : errc::invalid_argument,
                 reason(answer)};
}

void connect_link::refuse_long_line(std::size_t bytes, std::size_t bytes_max) {
    emit({connect_journal::refuse_long_line(bytes, bytes_max)});
}

void connect_link::finish() {
    {
        std::unique_lock held(mutex_);
        if (stopping_) {
            return;
        }
        changed_.wait_for(held, last_answers, [this] { return journal_.is_idle(); });
        stopping_ = true;
        if (stream_ != nullptr) {
            stream_->abandon();
        }
    }
    changed_.notify_all();
    if (reader_.joinable()) {
        reader_.join();
    }
}

void connect_link::emit(const std::vector<std::string>& lines) {
    const std::lock_guard held(output_);
    for (const auto& line : lines) {
        to_client_(line);
    }
}

} // namespace orch::app::cli
