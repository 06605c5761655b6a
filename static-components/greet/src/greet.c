#include <stdio.h>
#include <stdlib.h>

/* A program as C has always known them. As a component it exports `wasi:cli/run`, whose one function runs main. */
int main(int argc, char *argv[]) {
	const char *name = getenv("NAME");
	printf("Hello, %s!\n", name ? name : "whoever you are");

	for (int i = 1; i < argc; i++) printf("argument %d: %s\n", i, argv[i]);

	char line[256];
	while (fgets(line, sizeof line, stdin)) printf("You said: %s", line);

	if (!name) fputs("(Grant the variable NAME, and I can greet you properly.)\n", stderr);
	return EXIT_SUCCESS;
}
