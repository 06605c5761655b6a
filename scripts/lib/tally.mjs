/** Counts what a run of several parts came to. */
export class Tally {
	passed = 0;
	failed = 0;
	skipped = 0;
	flaky = 0;
	/** Tests that took long, as `{ title, ms }`. */
	slow = [];

	/** One check that is no test of its own. */
	check(ok) {
		if (ok) this.passed += 1;
		else this.failed += 1;
	}

	/** Adds a report. One that is missing, or a run that ended badly without a failed test, is a failure itself. */
	report(name, ok, read) {
		let report;
		try {
			report = read();
		} catch {
			console.log(`FAILED: ${name} left no report`);
			this.failed += 1;
			return;
		}
		this.passed += report.passed;
		this.failed += report.failed || (ok ? 0 : 1);
		this.flaky += report.flaky;
		this.slow.push(...report.slow);
		if (!ok && !report.failed) console.log(`FAILED: ${name} ended badly although no test failed`);
	}

	/** Names the slow tests, then says the counts in the last line, and sets the exit code. */
	print() {
		for (const { title, ms } of [...this.slow].sort((a, b) => b.ms - a.ms).slice(0, 20))
			console.log(`slow: ${(ms / 1000).toFixed(1)} s  ${title}`);
		if (this.flaky > 0) console.log(`${this.flaky} needed a second run`);
		console.log(
			`\n${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ''}`,
		);
		process.exitCode = this.failed === 0 ? 0 : 1;
	}
}
