/* OpenSSL's server side and its certificates, for the loopback server. */
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
