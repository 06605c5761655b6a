#include "many_host_calls.h"

uint64_t exports_many_host_calls_read_clock(uint32_t times) {
	uint64_t reading = 0;
	for (uint32_t i = 0; i < times; i++) reading = wasi_clocks_monotonic_clock_now();
	return reading;
}

uint32_t exports_many_host_calls_read_variables(uint32_t times) {
	uint32_t count = 0;
	for (uint32_t i = 0; i < times; i++) {
		many_host_calls_list_tuple2_string_string_t variables;
		wasi_cli_environment_get_environment(&variables);
		count = (uint32_t)variables.len;
		many_host_calls_list_tuple2_string_string_free(&variables);
	}
	return count;
}
