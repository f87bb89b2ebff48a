/* What Stet needs of ICU, without ICU's headers: those clash with the ICU inside Foundation when Swift sees both. */
#ifndef CICU_H
#define CICU_H

#include <stdint.h>

/* Word_Break classes carry flags above bit 5. */
enum {
  CICU_CLASS_MASK = 0x1f,
  /* Word boundaries here come from a dictionary: Han, kana, Thai, Lao, Khmer, Myanmar. */
  CICU_DICTIONARY = 0x20,
  /* Extended_Pictographic */
  CICU_PICTOGRAPHIC = 0x40,
  /* Holds on to a neighbour in a grapheme: a mark, a joiner, a prepended sign. */
  CICU_HOLDS_NEIGHBOUR = 0x80,
};

/* Classes of the basic plane, worked out a page of 256 scalars at a time when first asked for: making them all takes
   milliseconds. */
extern uint8_t *cicu_sentence_pages[256], *cicu_word_pages[256];
uint8_t cicu_new_sentence_class(uint32_t scalar);
uint8_t cicu_new_word_class(uint32_t scalar);

static inline uint8_t *cicu_page(uint8_t **pages, uint32_t scalar) {
  return scalar < 0x10000 ? __atomic_load_n(&pages[scalar >> 8], __ATOMIC_ACQUIRE) : 0;
}

/* The scalar's Sentence_Break (UAX #29 table 4), as ICU's USentenceBreak numbers it. Any value is fine. */
static inline uint8_t cicu_sentence_class(uint32_t scalar) {
  const uint8_t *page = cicu_page(cicu_sentence_pages, scalar);
  return page ? page[scalar & 0xff] : cicu_new_sentence_class(scalar);
}

/* The scalar's Word_Break (UAX #29 table 3), as ICU's UWordBreakValues numbers it, and the flags above. ICU's root rules
   differ from that table in the colon and the fullwidth digits. */
static inline uint8_t cicu_word_class(uint32_t scalar) {
  const uint8_t *page = cicu_page(cicu_word_pages, scalar);
  return page ? page[scalar & 0xff] : cicu_new_word_class(scalar);
}

/* The scalar's Grapheme_Cluster_Break (UAX #29 table 2), as ICU's UGraphemeClusterBreak numbers it. */
uint8_t cicu_grapheme_class(uint32_t scalar);

/* How a scalar is compared in a search: its form without case, width and accents (marks from U+0300 to U+036F), and what
   it is. */
enum {
  CICU_FORM_MASK = 0x1fffff,
  /* A letter or digit, or a mark of a script whose marks are kept. */
  CICU_IN_WORD = 0x200000,
  /* A mark that belongs to what is before it. */
  CICU_MARK = 0x400000,
  /* Passed over, as if it were not there: accents, joiners. */
  CICU_PASSED_OVER = 0x800000,
  /* Of a script that puts no spaces between words. */
  CICU_CHARACTER = 0x1000000,
};
uint32_t cicu_search_form(uint32_t scalar);

typedef enum { CICU_SENTENCES = 0, CICU_WORDS = 1 } cicu_kind;

/* Writes the byte offsets of the boundaries of UTF-8 text after its start, the end included, in rising order, and gives
   how many there are: never more than `length`, which is the room `offsets` must have. Root locale. Ill-formed bytes
   count as U+FFFD. Each thread keeps its own iterators. Gives -1 when ICU cannot be used: out of memory, no data. */
int32_t cicu_boundaries(cicu_kind kind, const uint8_t *text, int32_t length, int32_t *offsets);

#endif
