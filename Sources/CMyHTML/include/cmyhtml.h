/* HTML5 parsing as one call that fills flat arrays: all of MyHTML (libmodest) that the rest of Stet sees. */
#ifndef CMYHTML_H
#define CMYHTML_H

#include <stddef.h>
#include <stdint.h>

enum cmyhtml_status { CMYHTML_OK = 0, CMYHTML_OUT_OF_MEMORY = 1, CMYHTML_TOO_LARGE = 2, CMYHTML_FAILED = 3 };

/* A node, in document order: a subtree is the contiguous range [its index, end). */
typedef struct {
  uint32_t parent;          /* index; a node's own index when it has no parent */
  uint32_t end;             /* one past the last node of the subtree */
  uint32_t text_offset;     /* of a text node, in bytes; 0 for an element */
  uint32_t text_length;
  uint32_t attribute_first; /* index into attributes */
  uint16_t attribute_count;
  uint16_t tag;             /* 0 for a text node; else below cmyhtml_tag_count(), or CMYHTML_TAG_UNKNOWN */
} cmyhtml_node;

#define CMYHTML_TAG_TEXT 0
#define CMYHTML_TAG_UNKNOWN 0xFFFF

/* Ranges of bytes; the name is in lower case. */
typedef struct {
  uint32_t name_offset, name_length, value_offset, value_length;
} cmyhtml_attribute;

typedef struct {
  cmyhtml_node *nodes;
  size_t node_count;
  cmyhtml_attribute *attributes;
  size_t attribute_count;
  uint8_t *bytes; /* UTF-8 */
  size_t byte_count;
} cmyhtml_tree;

/* Parses well-formed UTF-8. NULs, comments, the doctype, what is inside <template>, and the text of scripts (unless their type
   names JSON) and style sheets are left out; elements of SVG and MathML, but for <svg> and <math>, have an unknown tag.
   The status is an enum cmyhtml_status; when it is not CMYHTML_OK the tree is empty and needs no freeing. Safe to call from
   several threads at once. Not linear on hostile nesting: the caller limits depth beforehand. */
int cmyhtml_parse(const uint8_t *html, size_t length, cmyhtml_tree *tree);

void cmyhtml_free(cmyhtml_tree *tree);

/* Known tags are numbered from 0; the name is in lower case, NUL-terminated, or NULL for a number that names none. */
size_t cmyhtml_tag_count(void);
const char *cmyhtml_tag_name(size_t tag);

#endif
