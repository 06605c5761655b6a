import { expect, test } from '@playwright/test';
import { compareStep } from '../scripts/parity/compare.mjs';
import { playInPage } from '../scripts/parity/play-in-page.mjs';
import { readAnswers, readCases, readDifferences } from '../scripts/parity/recordings.mjs';

/** A few cases of each kind: how calls end, grants one after the other, a policy that fails, rights of files, hosts. */
const sample =
	/^(calls-trap|bi-storage-seq|x-bad-args-and-bad-policy|calls-files-wo|calls-files-nested|d-net-host-02)$/;
/** The same of the newest recording alone, and fewer. */
const few = /^(calls-trap|x-bad-args-and-bad-policy|calls-files-wo)$/;

for (const [release, chosen, atLeast] of [
	['0.8.0', few, 5],
	['0.8.0', sample, 40],
	['0.4.0', sample, 40],
] as const)
	test(
		`the page answers ${chosen === few ? 'some' : 'all'} as the real ${release} was recorded to`,
		{ tag: chosen === few ? [] : '@long' },
		async ({ page }) => {
			await page.goto('./');
			await page.waitForFunction(() => 'tapedeck' in window);
			const differences = readDifferences();
			const { answers } = readAnswers(release)!;
			let compared = 0;
			for (const one of readCases().filter(({ name }) => chosen.test(name))) {
				const given = await playInPage(page, one, release);
				for (const [index, step] of one.steps.entries()) {
					const real = answers[one.name]![index]!;
					const found = compareStep(step as never, real, given[index], differences, release);
					if (!found) continue;
					compared += 1;
					expect.soft([one.name, step, found.verdict, real, given[index]]).not.toContain('different');
				}
			}
			expect(compared).toBeGreaterThan(atLeast);
		},
	);
