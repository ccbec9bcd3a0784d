#include "bench/baseline/connection.hpp"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace orch::bench {

namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::string_view session_query = "session_id=";

http::response<http::string_body> make_response(unsigned status, std::string body) {
    http::response<http::string_body> made{static_cast<http::status>(status), 11};
    made.body() = std::move(body);
    made.prepare_payload();
    return made;
}

} // namespace

void connection::read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](beast::error_code fault, std::size_t) {
                         if (!fault) {
                             self->take();
                         }
                     });
}

void connection::take() {
    const std::string_view target{request_.target().data(), request_.target().size()};
    const auto session = target.find(session_query);
    if (request_.method() == http::verb::get) {
        open_stream();
    } else if (session != std::string_view::npos) {
        post_to_stream(std::string(target.substr(session + session_query.size())));
    } else {
        post_and_wait();
    }
}

void connection::open_stream() {
    const auto session = std::to_string(++shared_.sessions);
    const auto sink = std::make_shared<event_sink>(std::move(socket_));
    shared_.streams[session] = sink;
    sink->open(net::named_frame("endpoint", "/messages?session_id=" + session));
}

void connection::post_to_stream(const std::string& session) {
    const auto found = shared_.streams.find(session);
    if (found == shared_.streams.end()) {
        respond(make_response(404, "no such session"));
        return;
    }
    const auto outcome = shared_.server.forward(std::move(request_.body()),
                                                [sink = found->second](const std::string& line) {
                                                    if (const auto open = sink.lock()) {
                                                        open->send(net::message_frame(line));
                                                    }
                                                });
    respond(outcome == upstream::outcome::refused ? make_response(400, "refused")
                                                  : make_response(202, "Accepted"));
}

void connection::post_and_wait() {
    const bool is_first = request_.find("Mcp-Session-Id") == request_.end();
    const auto outcome = shared_.server.forward(
        std::move(request_.body()), [self = shared_from_this(), is_first](std::string line) {
            auto answer = make_response(200, std::move(line));
            answer.set(http::field::content_type, "application/json");
            if (is_first) {
                answer.set("Mcp-Session-Id", std::to_string(++self->shared_.sessions));
            }
            self->respond(std::move(answer));
        });
    if (outcome != upstream::outcome::awaited) {
        respond(make_response(outcome == upstream::outcome::sent ? 202 : 400, ""));
    }
}

void connection::respond(response answer) {
    response_ = std::move(answer);
    http::async_write(socket_, response_,
                      [self = shared_from_this()](beast::error_code fault, std::size_t) {
                          if (!fault) {
                              self->read();
                          }
                      });
}

} // namespace orch::bench
