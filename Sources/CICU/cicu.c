/* Calls ICU4C: character properties and break iterators. */
#include "cicu.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

static uint8_t sentence_class(UChar32 c) { return (uint8_t)u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK); }

uint8_t cicu_grapheme_class(uint32_t scalar) {
  return (uint8_t)u_getIntPropertyValue((UChar32)scalar, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

static uint8_t word_class(UChar32 c) {
  if (c == 0x3a || c == 0xfe55 || c == 0xff1a) return U_WB_OTHER;
  if (c >= 0xff10 && c <= 0xff19) return U_WB_NUMERIC;
  uint8_t out = (uint8_t)u_getIntPropertyValue(c, UCHAR_WORD_BREAK) & CICU_CLASS_MASK;
  switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND: case U_GCB_SPACING_MARK: case U_GCB_PREPEND: case U_GCB_ZWJ: out |= CICU_HOLDS_NEIGHBOUR;
  }
  if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) out |= CICU_PICTOGRAPHIC;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN: case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: out |= CICU_DICTIONARY; break;
    default:
      if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) out |= CICU_DICTIONARY;
      if ((out & CICU_CLASS_MASK) == U_WB_KATAKANA) out |= CICU_DICTIONARY;
  }
  return out;
}

uint8_t *cicu_sentence_pages[256], *cicu_word_pages[256];

/* The class of a scalar whose page is not there yet, which is made first. Two threads may make one: the first stays. */
static uint8_t new_class(uint8_t **pages, uint8_t class_of(UChar32), uint32_t scalar) {
  uint8_t *page = scalar < 0x10000 ? malloc(256) : NULL, *none = NULL;
  if (page) {
    for (UChar32 i = 0; i < 256; i++) page[i] = class_of((UChar32)(scalar & 0xff00) | i);
    if (!__atomic_compare_exchange_n(&pages[scalar >> 8], &none, page, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) free(page);
  }
  return class_of((UChar32)scalar);
}

uint8_t cicu_new_sentence_class(uint32_t scalar) { return new_class(cicu_sentence_pages, sentence_class, scalar); }

uint8_t cicu_new_word_class(uint32_t scalar) { return new_class(cicu_word_pages, word_class, scalar); }

static int is_accent(UChar32 c) { return c >= 0x300 && c <= 0x36f; }

uint32_t cicu_search_form(uint32_t scalar) {
  UChar32 c = (UChar32)scalar;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&error);
  UChar parts[32];
  int32_t length = U_SUCCESS(error) ? unorm2_getDecomposition(nfkd, c, parts, 32, &error) : 0;
  if (U_SUCCESS(error) && length > 0) {
    UChar32 base, mark;
    int32_t i = 0, accents = 1;
    U16_NEXT(parts, i, length, base);
    while (i < length) {
      U16_NEXT(parts, i, length, mark);
      if (!is_accent(mark)) accents = 0;
    }
    if (accents) c = base;
  }
  c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
  uint32_t out = (uint32_t)c;
  switch (u_charType(c)) {
    case U_UPPERCASE_LETTER: case U_LOWERCASE_LETTER: case U_TITLECASE_LETTER: case U_MODIFIER_LETTER:
    case U_OTHER_LETTER: case U_DECIMAL_DIGIT_NUMBER: case U_LETTER_NUMBER: case U_OTHER_NUMBER:
      out |= CICU_IN_WORD;
      break;
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_COMBINING_SPACING_MARK:
      out |= is_accent(c) ? CICU_PASSED_OVER : CICU_IN_WORD | CICU_MARK;
      break;
    case U_FORMAT_CHAR: out |= CICU_PASSED_OVER; break;
    default: break;
  }
  if (out & CICU_IN_WORD && cicu_word_class((uint32_t)c) & CICU_DICTIONARY) out |= CICU_CHARACTER;
  return out;
}

/* Opening an iterator takes far longer than segmenting a sentence: one of each kind a thread, closed when it ends. */
typedef struct { UBreakIterator *of[2]; } iterators;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int key_made;

static void close_iterators(void *value) {
  iterators *all = value;
  for (int i = 0; i < 2; i++) if (all->of[i]) ubrk_close(all->of[i]);
  free(all);
}

static void make_key(void) { key_made = pthread_key_create(&key, close_iterators) == 0; }

static UBreakIterator *iterator(cicu_kind kind) {
  pthread_once(&once, make_key);
  if (!key_made) return NULL;
  iterators *all = pthread_getspecific(key);
  if (!all) {
    all = calloc(1, sizeof *all);
    if (!all) return NULL;
    if (pthread_setspecific(key, all) != 0) { free(all); return NULL; }
  }
  if (!all->of[kind]) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *made = ubrk_open(kind == CICU_WORDS ? UBRK_WORD : UBRK_SENTENCE, "", NULL, 0, &error);
    if (U_FAILURE(error)) return NULL;
    all->of[kind] = made;
  }
  return all->of[kind];
}

int32_t cicu_boundaries(cicu_kind kind, const uint8_t *text, int32_t length, int32_t *offsets) {
  if (length <= 0) return 0;
  UBreakIterator *breaks = iterator(kind);
  if (!breaks) return -1;
  UErrorCode error = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, (const char *)text, length, &error);
  ubrk_setUText(breaks, &opened, &error);
  int32_t count = 0;
  if (U_SUCCESS(error)) {
    ubrk_first(breaks);
    int32_t at;
    while (count < length && (at = ubrk_next(breaks)) != UBRK_DONE) offsets[count++] = at;
  }
  /* The iterator outlives the text: let go of it. */
  UErrorCode released = U_ZERO_ERROR;
  static const UChar nothing[1] = {0};
  ubrk_setText(breaks, nothing, 0, &released);
  utext_close(&opened);
  return U_FAILURE(error) ? -1 : count;
}
