/* libcrypto (OpenSSL 3): SHA-256 and Ed25519 through EVP. */
#include <openssl/evp.h>
#include <openssl/rand.h>
