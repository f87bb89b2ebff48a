// Passes calls on to libcurl.so.4, which is opened by the first of them. See ccurl.h.
#include "include/ccurl.h"
#include <dlfcn.h>
#include <pthread.h>

#define EACH_FUNCTION(X)                                                                                      \
  X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_strerror) X(curl_easy_setopt) X(curl_easy_getinfo)       \
  X(curl_free) X(curl_global_init) X(curl_multi_add_handle) X(curl_multi_cleanup) X(curl_multi_info_read)     \
  X(curl_multi_init) X(curl_multi_perform) X(curl_multi_poll) X(curl_multi_remove_handle) X(curl_multi_setopt) \
  X(curl_multi_strerror) X(curl_multi_wakeup) X(curl_slist_append) X(curl_slist_free_all) X(curl_url)         \
  X(curl_url_cleanup) X(curl_url_get) X(curl_url_set) X(curl_url_strerror)

// curl/curl.h makes macros of the variadic ones.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static struct {
#define POINTER(name) __typeof__(&name) name;
  EACH_FUNCTION(POINTER)
} lib;
static const char *failure = "libcurl was not loaded";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    failure = "libcurl.so.4 cannot be loaded: is the package libcurl4 installed?";
    return;
  }
  int missing = 0;
#define RESOLVE(name) missing |= !(lib.name = (__typeof__(&name))dlsym(handle, #name));
  EACH_FUNCTION(RESOLVE)
  failure = missing ? "libcurl.so.4 is too old: 7.87 or later is needed" : NULL;
}

const char *ccurl_load(void) {
  pthread_once(&once, load);
  return failure;
}

// Ours are never seen by other libraries, libcurl itself among them.
#define OURS __attribute__((visibility("hidden")))
#define OR(value) if (ccurl_load()) return value

OURS CURL *curl_easy_init(void) { OR(NULL); return lib.curl_easy_init(); }
OURS void curl_easy_cleanup(CURL *easy) { OR(); lib.curl_easy_cleanup(easy); }
OURS const char *curl_easy_strerror(CURLcode code) { OR(failure); return lib.curl_easy_strerror(code); }
OURS void curl_free(void *memory) { OR(); lib.curl_free(memory); }
OURS CURLcode curl_global_init(long flags) { OR(CURLE_FAILED_INIT); return lib.curl_global_init(flags); }

OURS CURLM *curl_multi_init(void) { OR(NULL); return lib.curl_multi_init(); }
OURS CURLMcode curl_multi_cleanup(CURLM *multi) { OR(CURLM_INTERNAL_ERROR); return lib.curl_multi_cleanup(multi); }
OURS CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy) {
  OR(CURLM_INTERNAL_ERROR);
  return lib.curl_multi_add_handle(multi, easy);
}
OURS CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *easy) {
  OR(CURLM_INTERNAL_ERROR);
  return lib.curl_multi_remove_handle(multi, easy);
}
OURS CURLMcode curl_multi_perform(CURLM *multi, int *running) {
  OR(CURLM_INTERNAL_ERROR);
  return lib.curl_multi_perform(multi, running);
}
OURS CURLMcode curl_multi_poll(CURLM *multi, struct curl_waitfd extra[], unsigned count, int timeout_ms, int *ready) {
  OR(CURLM_INTERNAL_ERROR);
  return lib.curl_multi_poll(multi, extra, count, timeout_ms, ready);
}
OURS CURLMcode curl_multi_wakeup(CURLM *multi) { OR(CURLM_INTERNAL_ERROR); return lib.curl_multi_wakeup(multi); }
OURS CURLMsg *curl_multi_info_read(CURLM *multi, int *left) { OR(NULL); return lib.curl_multi_info_read(multi, left); }
OURS const char *curl_multi_strerror(CURLMcode code) { OR(failure); return lib.curl_multi_strerror(code); }

OURS struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
  OR(NULL);
  return lib.curl_slist_append(list, text);
}
OURS void curl_slist_free_all(struct curl_slist *list) { OR(); lib.curl_slist_free_all(list); }

OURS CURLU *curl_url(void) { OR(NULL); return lib.curl_url(); }
OURS void curl_url_cleanup(CURLU *url) { OR(); lib.curl_url_cleanup(url); }
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags) {
  OR(CURLUE_OUT_OF_MEMORY);
  return lib.curl_url_get(url, part, text, flags);
}
OURS CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned flags) {
  OR(CURLUE_OUT_OF_MEMORY);
  return lib.curl_url_set(url, part, text, flags);
}
OURS const char *curl_url_strerror(CURLUcode code) { OR(failure); return lib.curl_url_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, ccurl_data_callback function) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, option, function);
}
CURLcode ccurl_set_open_socket(CURL *easy, curl_opensocket_callback function) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}
CURLcode ccurl_set_before_request(CURL *easy, curl_prereq_callback function) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_getinfo(easy, info, value);
}
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_getinfo(easy, info, value);
}
CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value) {
  OR(CURLE_FAILED_INIT);
  return lib.curl_easy_getinfo(easy, info, value);
}
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  OR(CURLM_INTERNAL_ERROR);
  return lib.curl_multi_setopt(multi, option, value);
}
