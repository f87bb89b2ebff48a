// libdeflate: whole-buffer DEFLATE, zlib and gzip decoding that knows the end of a stream and its checksum.
#pragma once
#include <libdeflate.h>
