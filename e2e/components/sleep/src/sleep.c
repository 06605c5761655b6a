#include "sleep.h"

static const uint64_t nanoseconds_per_millisecond = 1000000;

static wasi_clocks_monotonic_clock_own_pollable_t timer(uint32_t milliseconds) {
	return wasi_clocks_monotonic_clock_subscribe_duration(milliseconds * nanoseconds_per_millisecond);
}

uint64_t exports_sleep_sleep(uint32_t milliseconds) {
	wasi_clocks_monotonic_clock_instant_t start = wasi_clocks_monotonic_clock_now();
	wasi_io_poll_own_pollable_t pollable = timer(milliseconds);
	wasi_io_poll_method_pollable_block(wasi_io_poll_borrow_pollable(pollable));
	wasi_io_poll_pollable_drop_own(pollable);
	return (wasi_clocks_monotonic_clock_now() - start) / nanoseconds_per_millisecond;
}

void exports_sleep_race(uint32_t first, uint32_t second, sleep_tuple2_u32_u32_t *result) {
	wasi_io_poll_own_pollable_t timers[] = {timer(first), timer(second)};
	wasi_io_poll_borrow_pollable_t borrowed[] = {
		wasi_io_poll_borrow_pollable(timers[0]),
		wasi_io_poll_borrow_pollable(timers[1]),
	};
	wasi_io_poll_list_borrow_pollable_t both = {borrowed, 2};
	sleep_list_u32_t ready;
	wasi_io_poll_poll(&both, &ready);
	result->f0 = (uint32_t)ready.len;
	result->f1 = ready.ptr[0];
	sleep_list_u32_free(&ready);
	wasi_io_poll_pollable_drop_own(timers[0]);
	wasi_io_poll_pollable_drop_own(timers[1]);
}
