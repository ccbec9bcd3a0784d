#include "actors/call_draft.hpp"
#include "actors/call_search.hpp"
#include "bench/micro/samples.hpp"
#include "bench/micro/step.hpp"
#include "core/byte_sizes.hpp"
#include "core/log.hpp"
#include "crypto/digest.hpp"
#include "mcp/redaction.hpp"
#include "net/message.hpp"
#include "net/request_reader.hpp"
#include "storage/call_batch.hpp"

#include <fmt/format.h>

#include <memory>

namespace orch::bench {

namespace {

const std::vector<std::size_t> body_sizes{usual_call_bytes, 4'096, 65'536};

std::string sample_post(std::size_t bytes) {
    const auto body = sample_call(bytes);
    return fmt::format("POST /projects/default/servers/files/mcp HTTP/1.1\r\n"
                       "Host: 127.0.0.1:8000\r\n"
                       "Authorization: Bearer mcpo_0123456789abcdef0123456789abcdef\r\n"
                       "Content-Type: application/json\r\n"
                       "Accept: application/json, text/event-stream\r\n"
                       "Mcp-Session-Id: 0123456789abcdef0123456789abcdef\r\n"
                       "User-Agent: some-editor/1.2.3\r\n"
                       "Content-Length: {}\r\n\r\n{}",
                       body.size(), body);
}

/// The header and the body come one after the other when the body is large.
std::size_t read_post(net::request_reader& reader, std::string_view post) {
    reader.reset();
    while (!post.empty() && reader.state() != net::request_reader::progress::complete) {
        const auto eaten = reader.feed(post);
        if (eaten == 0) {
            return 0;
        }
        post.remove_prefix(eaten);
    }
    return std::exchange(reader.message(), {}).body.size();
}

step post_step(std::size_t bytes) {
    const auto reader = std::make_shared<net::request_reader>(
        net::request_reader::limits{64 * kib, 16 * mib});
    return [reader, post = sample_post(bytes)] {
        return read_post(*reader, post);
    };
}

step search_step(std::size_t bytes) {
    return [record = std::make_shared<model::call_record>(sample_record(bytes))] {
        actors::add_search_text(*record);
        return record->search_text.size();
    };
}

step batch_step(std::size_t bytes) {
    auto record = sample_record(bytes);
    actors::add_search_text(record);
    return [record = std::move(record)] {
        constexpr int rows = 16;
        storage::call_batch batch;
        for (int row = 0; row < rows; ++row) {
            batch.add(record);
        }
        return batch.parameters().size();
    };
}

} // namespace

std::vector<step_kind> other_steps() {
    return {{"read_post", body_sizes, post_step},
            {"redact", body_sizes,
             [](std::size_t bytes) -> step {
                 return [result = sample_result(bytes)] {
                     return mcp::redact_secrets(result).json.size();
                 };
             }},
            {"capture_body",
             {usual_call_bytes, 4'096, 65'536, 131'072},
             [](std::size_t bytes) -> step {
                 return [result = sample_result(bytes)] {
                     return actors::capture_body(result, 64 * kib).bytes.size();
                 };
             }},
            {"sha256",
             {48, 4'096, 65'536},
             [](std::size_t bytes) -> step {
                 return [text = std::string(bytes, 'x')] {
                     return crypto::sha256(text).size();
                 };
             }},
            {"access_line",
             {0},
             [](std::size_t) -> step {
                 return [] {
                     return log::line_of(log::level::info, "http",
                                         "POST /projects/{project}/servers/{server}/mcp 200 812us "
                                         "principal=key:018f3c5e-0000-7000-8000-0123456789ab "
                                         "peer=127.0.0.1 bytes=412")
                         .size();
                 };
             }},
            {"search_text", body_sizes, search_step},
            {"batch_of_16", body_sizes, batch_step}};
}

} // namespace orch::bench
