#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file_filler.h"

enum { path_max = 512, chunk_size = 64 * 1024 };

static const char folder[] = "/data";

/* Answers with an err that says what failed, and returns false for the export to pass on. */
static bool fail(file_filler_string_t *err, const char *what, const char *path) {
	char text[path_max + 128];
	snprintf(text, sizeof text, "%s %s: %s", what, path, strerror(errno));
	file_filler_string_dup(err, text);
	return false;
}

bool exports_file_filler_fill_file(uint64_t bytes, uint64_t *written, file_filler_string_t *err) {
	char path[path_max];
	snprintf(path, sizeof path, "%s/filler.bin", folder);
	FILE *file = fopen(path, "wb");
	if (!file) return fail(err, "Cannot open", path);

	char *chunk = calloc(1, chunk_size);
	*written = 0;
	while (*written < bytes) {
		uint64_t left = bytes - *written;
		size_t size = left < chunk_size ? (size_t)left : chunk_size;
		if (fwrite(chunk, 1, size, file) != size || fflush(file) != 0) {
			fclose(file);
			free(chunk);
			return fail(err, "Cannot go on writing", path);
		}
		*written += size;
	}
	fclose(file);
	free(chunk);
	return true;
}

bool exports_file_filler_fill_folder(uint32_t files, uint32_t *made, file_filler_string_t *err) {
	for (*made = 0; *made < files; ++*made) {
		char path[path_max];
		snprintf(path, sizeof path, "%s/filler-%06u.txt", folder, (unsigned)*made);
		FILE *file = fopen(path, "w");
		if (!file) return fail(err, "Cannot make", path);
		fputs("full\n", file);
		if (fclose(file) != 0) return fail(err, "Cannot write", path);
	}
	return true;
}
