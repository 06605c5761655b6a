#include "exit.h"

void exports_exit_leave(bool success) {
	wasi_cli_exit_result_void_void_t status = {.is_err = !success};
	wasi_cli_exit_exit(&status);
}
