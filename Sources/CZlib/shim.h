// zlib: DEFLATE undone piece by piece, for streams that are too long to hold, and for the part of one that is cut short.
#pragma once
#include <zlib.h>

// inflateInit2 is a macro.
static inline int czlib_inflate_init(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
