#include <stdlib.h>
#include <string.h>

#include "big_result.h"

static void *allocate(size_t size) {
	void *memory = malloc(size ? size : 1);
	if (!memory) abort();
	return memory;
}

void exports_big_result_text(uint32_t length, big_result_string_t *result) {
	result->ptr = allocate(length);
	result->len = length;
	memset(result->ptr, 'a', length);
}

void exports_big_result_bytes(uint32_t length, big_result_list_u8_t *result) {
	result->ptr = allocate(length);
	result->len = length;
	for (uint32_t i = 0; i < length; i++) result->ptr[i] = (uint8_t)i;
}

void exports_big_result_strings(uint32_t count, big_result_list_string_t *result) {
	result->ptr = allocate(count * sizeof *result->ptr);
	result->len = count;
	for (uint32_t i = 0; i < count; i++) big_result_string_dup(&result->ptr[i], "entry");
}
