#include "actors/server_actor.hpp"

#include "mcp/param_token.hpp"
#include "mcp/request_params.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <utility>

// What the server asks of clients: samplings, elicitations, roots. A process that serves several
// clients cannot say which of them it means, so it is only asked for by one that serves one client.

namespace orch::actors {

namespace {

constexpr std::string_view elicitation = "elicitation/create";

std::string spliced(std::string_view text, mcp::slice where, std::string_view by) {
    return mcp::splice_line(text, {{where, by}});
}

} // namespace

void server_actor::on_server_request(std::string& line, const mcp::envelope& parts,
                                     std::uint64_t stream_of) {
    const std::string id(parts.id.of(line));
    const std::string method(parts.method.of(line));
    if (method == "ping" || !role_.client || probes()) {
        note_need_of_client(method);
        (void)child_.write_line(unasked_answer(line, parts));
        return;
    }
    if (questions_.full()) {
        (void)child_.write_line(mcp::make_error(id, mcp::code::internal_error,
                                                "Too many requests wait for the client"));
        return;
    }
    const auto waiting = requests_.who_waits(stream_of).latest;
    const auto params = mcp::parse_request_params(line, parts, mcp::request_target::nothing);
    ask_client question{caf::actor_cast<caf::actor>(this),
                        profile_.definition().id,
                        home().next_number(),
                        // Many ask for roots while they start, which some request made them do.
                        waiting != 0 ? waiting : requests_.latest_kept(),
                        {},
                        parts,
                        {}};
    open_question open;
    open.session = role_.session;
    open.id = id;
    if (params) {
        question.progress_token = params->progress_token;
        open.progress_token = params->progress_token.of(line);
    }
    open.is_elicitation = method == elicitation;
    open.deadline = now() + open_questions::patience;
    questions_.add(question.question, open);
    postpone_requests();
    question.line = std::move(line);
    caf::anon_send(open.session, std::move(question));
}

void server_actor::note_need_of_client(const std::string& method) {
    if (!mcp::may_be_asked({true, true, true, true, true}, method, "")) {
        return;
    }
    if (probes()) {
        caf::anon_send(caf::actor_cast<caf::actor>(role_.owner),
                       need_of_client_found{fmt::format("asks clients ({})", method)});
        return;
    }
    if (profile_.needs_client().value_or(false)) {
        return;
    }
    know_need_of_client(true);
    profile_.note(model::log_level::info, model::log_category::handshake,
                  fmt::format("asks clients ({}): clients that can be asked get a process of "
                              "their own from now on, unless the policy says otherwise",
                              method));
}

void server_actor::on_replied(client_replied& reply) {
    if (const auto question = questions_.take(reply.question)) {
        (void)child_.write_line(spliced(reply.body, reply.parts.id, question->id));
        resume_requests();
    }
}

void server_actor::on_question_failed(const question_failed& failure) {
    if (const auto question = questions_.take(failure.question)) {
        answer_for_client(*question, failure);
        resume_requests();
    }
}

void server_actor::answer_for_client(const open_question& question,
                                     const question_failed& failure) {
    (void)child_.write_line(question.is_elicitation && failure.gone
                                ? mcp::make_result(question.id, R"({"action":"cancel"})")
                                : mcp::make_error(question.id, failure.code, failure.reason));
}

void server_actor::postpone_requests() {
    // The server waits for a person, and whoever waits for the server with it.
    if (const auto until = questions_.last_deadline()) {
        requests_.postpone(*until);
    }
}

void server_actor::resume_requests() {
    if (questions_.empty()) {
        requests_.resume();
    }
}

void server_actor::expire_questions() {
    const auto expired = questions_.take_expired(now());
    for (const auto& [number, question] : expired) {
        caf::anon_send(question.session, withdraw_question{number});
        answer_for_client(question, {number, mcp::code::internal_error,
                                     "The client did not answer in time", true});
    }
    if (!expired.empty()) {
        resume_requests();
    }
}

void server_actor::on_server_cancelled(std::string& line, const mcp::envelope& parts) {
    const auto id = mcp::sole_param_token(line, parts, "requestId");
    if (const auto taken = questions_.take_by_id(id.of(line))) {
        caf::anon_send(taken->second.session, withdraw_question{taken->first});
        resume_requests();
    }
}

void server_actor::on_client_progress(client_progressed& progress) {
    const auto* question = questions_.find(progress.question);
    if (question != nullptr && !question->progress_token.empty()) {
        (void)child_.write_line(spliced(progress.body, progress.token, question->progress_token));
    }
}

void server_actor::on_client_notified(client_notified& notified) {
    if (const auto process = known_process(notified.client)) {
        caf::anon_send(process, std::move(notified));
        return;
    }
    if (role_.client && phase_ == phase::ready) {
        (void)child_.write_line(mcp::splice_line(notified.body, {}));
    }
}

void server_actor::drop_questions() {
    for (const auto& [number, question] : questions_.take_all()) {
        caf::anon_send(question.session, withdraw_question{number});
    }
}

} // namespace orch::actors
