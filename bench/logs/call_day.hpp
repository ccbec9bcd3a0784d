#pragma once

#include "core/model/observation.hpp"

#include <chrono>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace orch::bench {

/// The calls of 24 hours, evenly spread: 20 projects, the first of which makes 40 % of them, with
/// five servers of eight tools each, ten keys and four kinds of clients; one call in twenty fails.
/// Bodies are 120 and 500 bytes of words that are used unequally often. The same numbers always
/// make the same calls, except for ids.
class call_day {
public:
    call_day(std::size_t rows, std::chrono::system_clock::time_point end);

    /// The next calls, oldest first, at most `count`; none when the day is over.
    [[nodiscard]] std::vector<model::call_record> next(std::size_t count);
    [[nodiscard]] const project_id& largest_project() const { return projects_.front().id; }
    /// A word that stands in about one call of 2,000.
    [[nodiscard]] static std::string rare_word();

private:
    struct server {
        server_id id;
        std::string name;
    };
    struct project {
        project_id id;
        std::vector<server> servers;
        /// One for each session.
        std::vector<model::caller> callers;
    };

    [[nodiscard]] std::size_t below(std::size_t limit) { return random_() % limit; }
    [[nodiscard]] project make_project();
    [[nodiscard]] std::string words(std::size_t count);
    [[nodiscard]] model::call_record make_call(std::chrono::system_clock::time_point at);
    void end_call(model::call_record& call);

    std::mt19937_64 random_{20'261'127};
    uuid_sequence ids_;
    instance_id instance_ = instance_id::random();
    std::vector<project> projects_;
    std::size_t rows_;
    std::size_t made_ = 0;
    std::chrono::system_clock::time_point begin_;
};

} // namespace orch::bench
