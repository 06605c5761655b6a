#include <time.h>

#include "time_server.h"

/* Writes a number with leading zeros and returns the place after it. */
static char *put_number(char *at, int digits, unsigned value) {
	for (int i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + digits;
}

static char *put_char(char *at, char c) {
	*at = c;
	return at + 1;
}

void exports_local_time_server_time_get_current_time(time_server_string_t *result) {
	wasi_clocks_wall_clock_datetime_t now;
	wasi_clocks_wall_clock_now(&now);

	time_t seconds = (time_t)now.seconds;
	struct tm utc;
	gmtime_r(&seconds, &utc);

	/* strftime would bring locales along, and with them imports that a clock has no use for. */
	char text[sizeof "2026-03-14T15:09:26.535Z"];
	char *at = text;
	at = put_char(put_number(at, 4, (unsigned)(1900 + utc.tm_year)), '-');
	at = put_char(put_number(at, 2, (unsigned)(1 + utc.tm_mon)), '-');
	at = put_char(put_number(at, 2, (unsigned)utc.tm_mday), 'T');
	at = put_char(put_number(at, 2, (unsigned)utc.tm_hour), ':');
	at = put_char(put_number(at, 2, (unsigned)utc.tm_min), ':');
	at = put_char(put_number(at, 2, (unsigned)utc.tm_sec), '.');
	at = put_char(put_number(at, 3, now.nanoseconds / 1000000), 'Z');

	/* The bindings free the result once the caller has read it, so it must be a copy on the heap. */
	time_server_string_dup_n(result, text, (size_t)(at - text));
}
