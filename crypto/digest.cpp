#include "crypto/digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace orch::crypto {

namespace {

constexpr std::size_t sha256_bytes = 32;

struct context_deleter {
    void operator()(EVP_MD_CTX* context) const noexcept { ::EVP_MD_CTX_free(context); }
};

/// Fetched once: looking an algorithm up costs more than the digest of a key.
const EVP_MD* algorithm() {
    static const EVP_MD* const found = ::EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

} // namespace

std::string sha256(std::string_view bytes) {
    thread_local const std::unique_ptr<EVP_MD_CTX, context_deleter> context(::EVP_MD_CTX_new());
    std::string digest(sha256_bytes, '\0');
    // OpenSSL's code uses the processor's own instructions for it, where there are any.
    if (context == nullptr || ::EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) != 1 ||
        ::EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
        ::EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256");
    }
    return digest;
}

} // namespace orch::crypto
