// libcurl for Swift, loaded when it is first used.
//
// Loading it brings some thirty libraries along (LDAP, Kerberos, two TLS stacks), which cost 5 ms of CPU: a third of what
// `stet log` takes, for a command that never fetches. So Stet does not link it: the functions of libcurl that Fetching
// calls are defined in ccurl.c and pass the call on (docs/decisions/0002).
//
// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call: here is one function for
// each type of argument. Passing a type that an option does not take is undefined behaviour.
#pragma once
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

// Loads the library, once. NULL when it is there, else why it is not. Before any other function; without it they all fail.
const char *ccurl_load(void);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);

// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*ccurl_data_callback)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, ccurl_data_callback function);

// CURLOPT_OPENSOCKETFUNCTION, and the address it is asked about, in place: it is longer than curl_sockaddr says.
CURLcode ccurl_set_open_socket(CURL *easy, curl_opensocket_callback function);
static inline const struct sockaddr *ccurl_address(const struct curl_sockaddr *address) { return &address->addr; }

// CURLOPT_PREREQFUNCTION.
CURLcode ccurl_set_before_request(CURL *easy, curl_prereq_callback function);

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value);

// curl_url_get, whose first argument became const in a later version.
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// CURLMsg holds its result in a union.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }
