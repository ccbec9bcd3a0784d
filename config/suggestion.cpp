#include "config/suggestion.hpp"

#include "core/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace orch::config {

namespace {

char folded(char c) { return c == '-' ? '_' : ascii_lower(c); }

// Levenshtein distance with two neighbours swapped counted as one slip; three rolling rows.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t differs = folded(a[i - 1]) == folded(b[j - 1]) ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + differs});
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                folded(a[i - 2]) == folded(b[j - 1])) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

// Input is a person's typing; longer ones are pasted by accident and not worth the square.
constexpr std::size_t length_max = 80;

} // namespace

std::string_view nearest(std::string_view wrong, std::span<const std::string_view> candidates) {
    if (wrong.size() > length_max) {
        return {};
    }
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, wrong.size() / 3) + 1;
    for (const auto candidate : candidates) {
        const auto slips = distance(wrong, candidate);
        if (slips < best_distance && slips < candidate.size()) {
            best = candidate;
            best_distance = slips;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> candidates) {
    const auto found = nearest(wrong, candidates);
    return found.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", found);
}

} // namespace orch::config
