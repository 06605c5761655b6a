import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const headlessShell = 'chromium-headless-shell';
const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const systemPlaces = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Package managers, each with the commands that install Chromium. */
const managers = [
	[
		'apt-get',
		[
			['update', '-qq'],
			['install', '-y', '-qq', 'chromium'],
		],
	],
	['dnf', [['install', '-y', 'chromium']]],
	['pacman', [['-Sy', '--noconfirm', 'chromium']]],
	['apk', [['add', 'chromium']]],
	['zypper', [['--non-interactive', 'install', 'chromium']]],
	['brew', [['install', '--cask', 'chromium']]],
];

export const inPath = (name) =>
	(process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, name))
		.find((file) => existsSync(file));

const systemBrowser = () =>
	systemNames.map(inPath).find(Boolean) ?? systemPlaces.find((file) => existsSync(file));

export const quiet = (command, args) =>
	spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
		.status === 0;

/** Runs a package manager's steps, as root where it wants that. Says whether all went well. */
function install(manager, steps) {
	const sudo = process.getuid?.() === 0 || !inPath('sudo') ? [] : ['sudo'];
	return steps.every((step) => {
		const [command, ...args] = manager === 'brew' ? [manager, ...step] : [...sudo, manager, ...step];
		return quiet(command, args);
	});
}

/**
 * A Chromium to test with, and where it came from. Looks for one that Playwright has, then a system Chromium or Chrome; then
 * installs Playwright's own; then asks the system's package manager. Null where all fail.
 */
export async function findBrowser() {
	const named = process.env.TAPEDECK_CHROMIUM;
	if (named) return existsSync(named) ? { path: named, from: 'named by TAPEDECK_CHROMIUM' } : null;

	const { chromium } = await import('@playwright/test');
	const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
	if (own()) return { path: own(), from: "Playwright's own" };
	if (systemBrowser()) return { path: systemBrowser(), from: "the system's" };

	console.log('No browser found; trying Playwright’s install …');
	if (quiet('npx', ['playwright', 'install', 'chromium']) && own())
		return { path: own(), from: "Playwright's own, installed now" };

	for (const [manager, steps] of managers) {
		if (!inPath(manager)) continue;
		console.log(`Trying ${manager} …`);
		if (install(manager, steps) && systemBrowser())
			return { path: systemBrowser(), from: `the system's, installed now with ${manager}` };
	}
	return null;
}

/**
 * What most tests run in: Chromium without a window, the same engine for less than half the processor's time, where it is there; CI installs
 * it. Otherwise what `findBrowser` gives.
 */
export async function findTestBrowser() {
	const browser = await findBrowser();
	if (process.env.TAPEDECK_CHROMIUM) return browser;
	if (process.env.CI && inPath('apt-get') && !inPath(headlessShell))
		install('apt-get', [['install', '-y', '-qq', headlessShell]]);
	return inPath(headlessShell) ? { path: inPath(headlessShell), from: 'without a window' } : browser;
}
