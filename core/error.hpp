#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace orch {

/// What went wrong, for code to decide on. The two tables that turn it into an HTTP status and a
/// JSON-RPC code stand where those protocols are spoken.
enum class errc {
    invalid_argument,   ///< The caller sent something that can never work; `detail` says where.
    unauthenticated,    ///< No credential, or one that is not valid.
    forbidden,          ///< Known principal without the role or scope.
    not_found,          ///< No such object, or none this principal may know of.
    conflict,           ///< The object's present state refuses the change.
    too_large,          ///< Over a configured size limit.
    busy,               ///< A bounded queue is full; the same request may work later.
    timeout,            ///< The deadline passed before an answer came.
    cancelled,          ///< The caller withdrew the request.
    unavailable,        ///< Something needed is away: database, process, file system.
    not_implemented,    ///< Understood, but not offered.
    protocol_violation, ///< The peer broke the protocol it speaks.
    io_failure,         ///< The operating system refused; `detail` holds its words.
    internal            ///< A fault of ours.
};

/// The stable lower-case name of `code`, for logs and problem bodies.
[[nodiscard]] std::string_view to_string(errc code) noexcept;

/// One of several things that are wrong with what somebody sent.
struct fault {
    /// Its path in the body: `servers[2].name`; empty for the body as a whole.
    std::string field;
    /// A sentence that names the field.
    std::string detail;
};

/// An error as a value: what, and a sentence for people that says where.
struct error {
    errc code = errc::internal;
    std::string detail;
    /// The parts of `detail`, where several things are wrong at once.
    std::vector<fault> faults = {};
};

/// Thrown only when a `result` without a value is read as if it had one: a programmer's mistake.
[[noreturn]] void throw_exception_from_error(const error& failure,
                                             const boost::source_location& where);

/// Value or error; functions that can fail return it.
template <class T>
using result = boost::system::result<T, error>;

/// `"<detail>: <strerror(number)>"` as an `io_failure`.
[[nodiscard]] error errno_error(std::string_view detail, int number);

} // namespace orch
