/* The parser's static table of tag names. */
#include "cmyhtml.h"

#include <myhtml/tag.h>

size_t cmyhtml_tag_count(void) { return MyHTML_TAG_LAST_ENTRY; }

const char *cmyhtml_tag_name(size_t tag) {
  if (tag <= MyHTML_TAG__DOCTYPE || tag >= MyHTML_TAG_LAST_ENTRY) return NULL;
  const myhtml_tag_context_t *known = myhtml_tag_static_get_by_id(tag);
  return known ? known->name : NULL;
}
