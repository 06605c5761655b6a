#include <stdio.h>

#include "print.h"

void exports_print_print(print_string_t *text, uint32_t times) {
	for (uint32_t i = 1; i <= times; i++) {
		printf("%u %.*s\n", (unsigned)i, (int)text->len, (const char *)text->ptr);
	}
	fflush(stdout);
	print_string_free(text);
}

void exports_print_complain(print_string_t *text) {
	fprintf(stderr, "%.*s\n", (int)text->len, (const char *)text->ptr);
	print_string_free(text);
}

void exports_print_print_bytes(print_list_u8_t *bytes) {
	fwrite(bytes->ptr, 1, bytes->len, stdout);
	fflush(stdout);
	print_list_u8_free(bytes);
}
