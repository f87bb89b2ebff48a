/* MyHTML's linked tree, walked once into flat arrays. */
#include "cmyhtml.h"

#include <myhtml/api.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Offsets are 32 bits wide, and a tree takes a multiple of its markup: nothing near this size is an article. */
#define LARGEST_INPUT ((size_t)256 << 20)
#define MOST ((size_t)UINT32_MAX)

typedef struct {
  cmyhtml_tree *tree;
  size_t node_room, attribute_room, byte_room;
} builder;

static bool grow(void **array, size_t *room, size_t needed, size_t size) {
  if (needed <= *room) return true;
  if (needed > MOST) return false;
  size_t wanted = *room ? *room : 256;
  while (wanted < needed) wanted *= 2;
  void *moved = realloc(*array, wanted * size);
  if (!moved) return false;
  *array = moved;
  *room = wanted;
  return true;
}

/* Copies bytes to the end of the tree's and gives their offset through `offset`. */
static bool keep(builder *b, const char *bytes, size_t length, uint32_t *offset) {
  cmyhtml_tree *t = b->tree;
  if (!grow((void **)&t->bytes, &b->byte_room, t->byte_count + length, 1)) return false;
  if (length) memcpy(t->bytes + t->byte_count, bytes, length);
  *offset = (uint32_t)t->byte_count;
  t->byte_count += length;
  return true;
}

static bool keep_attributes(builder *b, myhtml_tree_node_t *source, uint32_t index) {
  cmyhtml_tree *t = b->tree;
  size_t first = t->attribute_count, count = 0;
  for (myhtml_tree_attr_t *a = myhtml_node_attribute_first(source); a && count < UINT16_MAX; a = myhtml_attribute_next(a)) {
    size_t name_length = 0, value_length = 0;
    const char *name = myhtml_attribute_key(a, &name_length);
    const char *value = myhtml_attribute_value(a, &value_length);
    if (!name) continue;
    if (!value) value_length = 0;
    if (!grow((void **)&t->attributes, &b->attribute_room, t->attribute_count + 1, sizeof *t->attributes)) return false;
    cmyhtml_attribute kept = {0, (uint32_t)name_length, 0, (uint32_t)value_length};
    if (!keep(b, name, name_length, &kept.name_offset) || !keep(b, value, value_length, &kept.value_offset)) return false;
    t->attributes[t->attribute_count++] = kept;
    count++;
  }
  t->nodes[index].attribute_first = (uint32_t)first;
  t->nodes[index].attribute_count = (uint16_t)count;
  return true;
}

/* Whether the text inside an element is of use: not in a style sheet, nor in a script that is a program. */
static bool wants_text(myhtml_tree_node_t *node) {
  myhtml_tag_id_t tag = myhtml_node_tag_id(node);
  if (tag == MyHTML_TAG_STYLE) return false;
  if (tag != MyHTML_TAG_SCRIPT) return true;
  myhtml_tree_attr_t *type = myhtml_attribute_by_key(node, "type", 4);
  const char *value = type ? myhtml_attribute_value(type, NULL) : NULL;
  return value && strstr(value, "json");
}

static uint16_t tag_of(myhtml_tree_node_t *node) {
  myhtml_tag_id_t tag = myhtml_node_tag_id(node);
  if (tag >= MyHTML_TAG_LAST_ENTRY || tag <= MyHTML_TAG__DOCTYPE) return CMYHTML_TAG_UNKNOWN;
  if (myhtml_node_namespace(node) != MyHTML_NAMESPACE_HTML && tag != MyHTML_TAG_SVG && tag != MyHTML_TAG_MATH)
    return CMYHTML_TAG_UNKNOWN;
  return (uint16_t)tag;
}

/* Pre-order, without recursion: the tree may be as deep as the parser let it be. */
static bool flatten(builder *b, myhtml_tree_node_t *root) {
  cmyhtml_tree *t = b->tree;
  myhtml_tree_node_t *node = root;
  uint32_t parent = 0;
  while (node) {
    myhtml_tag_id_t tag = myhtml_node_tag_id(node);
    bool descend = false;
    if (tag != MyHTML_TAG__COMMENT && tag != MyHTML_TAG__DOCTYPE) {
      uint32_t index = (uint32_t)t->node_count;
      if (!grow((void **)&t->nodes, &b->node_room, t->node_count + 1, sizeof *t->nodes)) return false;
      t->nodes[index] = (cmyhtml_node){.parent = node == root ? index : parent, .end = index + 1};
      t->node_count++;
      if (tag == MyHTML_TAG__TEXT) {
        size_t length = 0;
        const char *text = myhtml_node_text(node, &length);
        if (!text) length = 0;
        uint32_t offset = 0;
        if (!keep(b, text, length, &offset)) return false;
        t->nodes[index].text_offset = offset;
        t->nodes[index].text_length = (uint32_t)length;
      } else {
        t->nodes[index].tag = tag_of(node);
        if (!keep_attributes(b, node, index)) return false;
        descend = tag != MyHTML_TAG_TEMPLATE && wants_text(node) && myhtml_node_child(node);
        if (descend) parent = index;
      }
    }
    if (descend) {
      node = myhtml_node_child(node);
      continue;
    }
    while (node != root && !myhtml_node_next(node)) {
      node = myhtml_node_parent(node);
      t->nodes[parent].end = (uint32_t)t->node_count;
      parent = t->nodes[parent].parent;
    }
    if (node == root) break;
    node = myhtml_node_next(node);
  }
  return true;
}

static int status_of(mystatus_t status) {
  if (status == MyHTML_STATUS_OK) return CMYHTML_OK;
  return status == MyHTML_STATUS_ERROR_MEMORY_ALLOCATION ? CMYHTML_OUT_OF_MEMORY : CMYHTML_FAILED;
}

/* MyHTML loses its place in text with several NULs in it, and gives octets that are no UTF-8: markup without them, the
   caller's to free. The standard drops those in text, too (HTML §13.2.6.4.7). */
static uint8_t *without_nuls(const uint8_t *html, size_t *length) {
  uint8_t *kept = malloc(*length);
  size_t count = 0;
  for (size_t i = 0; kept && i < *length; i++) if (html[i]) kept[count++] = html[i];
  if (kept) *length = count;
  return kept;
}

int cmyhtml_parse(const uint8_t *html, size_t length, cmyhtml_tree *tree) {
  *tree = (cmyhtml_tree){0};
  if (length > LARGEST_INPUT) return CMYHTML_TOO_LARGE;
  if (length && memchr(html, 0, length)) {
    uint8_t *kept = without_nuls(html, &length);
    if (!kept) return CMYHTML_OUT_OF_MEMORY;
    int status = cmyhtml_parse(kept, length, tree);
    free(kept);
    return status;
  }
  int result = CMYHTML_OUT_OF_MEMORY;
  myhtml_t *parser = myhtml_create();
  myhtml_tree_t *source = NULL;
  if (!parser) return result;
  result = status_of(myhtml_init(parser, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0));
  if (result == CMYHTML_OK) {
    source = myhtml_tree_create();
    result = source ? status_of(myhtml_tree_init(source, parser)) : CMYHTML_OUT_OF_MEMORY;
  }
  if (result == CMYHTML_OK) {
    myhtml_tree_parse_flags_set(source, MyHTML_TREE_PARSE_FLAGS_WITHOUT_DOCTYPE_IN_TREE);
    result = status_of(myhtml_parse(source, MyENCODING_UTF_8, (const char *)html, length));
  }
  if (result == CMYHTML_OK) {
    builder b = {.tree = tree};
    myhtml_tree_node_t *root = myhtml_tree_get_node_html(source);
    if (root && !flatten(&b, root)) {
      cmyhtml_free(tree);
      result = CMYHTML_OUT_OF_MEMORY;
    }
  }
  if (source) myhtml_tree_destroy(source);
  myhtml_destroy(parser);
  return result;
}

void cmyhtml_free(cmyhtml_tree *tree) {
  free(tree->nodes);
  free(tree->attributes);
  free(tree->bytes);
  *tree = (cmyhtml_tree){0};
}
