// What the mark of a run costs, in a browser profile on disk: that of other visits is in memory alone.
import { inProfileOnDisk } from './lib/browser.mjs';

const calls = 21;

/** Milliseconds that the mark of a run takes until it is on disk, of each of some calls, which do not wait for it. */
export const markCosts = ({ origin }) =>
	inProfileOnDisk(async (page) => {
		await page.addInitScript(watchMarks);
		await page.goto(`${origin}/deck/`);
		await page.getByTestId('tool-item').first().waitFor();
		return page.evaluate(async (times) => {
			for (let call = 0; call < times; call++)
				await window.tapedeck.callTool('list-directory', { path: '/data' });
			return window.marksMs;
		}, calls);
	});

/** Runs in the page: keeps how long each mark of a run took until it was on disk, in milliseconds. */
function watchMarks() {
	window.marksMs = [];
	const { transaction } = IDBDatabase.prototype;
	IDBDatabase.prototype.transaction = function (...given) {
		const made = transaction.apply(this, given);
		const [, mode, { durability } = {}] = given;
		if (this.name === 'tapedeck-runs' && mode === 'readwrite' && durability === 'strict') {
			const began = performance.now();
			made.addEventListener('complete', () => window.marksMs.push(performance.now() - began));
		}
		return made;
	};
}
