import { existsSync } from 'node:fs';
import { inPath, quiet } from './browser.mjs';

/** Where distributions put the driver of WebKitGTK when it is not in the path. */
const driverPlaces = ['/usr/bin/WebKitWebDriver', '/usr/libexec/webkit2gtk-4.1/WebKitWebDriver'];

const firefox = () => inPath('firefox-esr') ?? inPath('firefox');
const webkit = () => inPath('WebKitWebDriver') ?? driverPlaces.find((file) => existsSync(file));
const xServer = () => inPath('Xvfb');

/** What Debian calls them. */
const packages = { firefox: 'firefox-esr', webkit: 'webkit2gtk-driver', xServer: 'xvfb' };

/**
 * Firefox and WebKitGTK as the system has them. What is missing is installed where that asks nobody: as root, or in CI, with apt-get.
 * Each is a path or null; `hint` says how to get what is missing.
 */
export function findOtherBrowsers() {
	const named = { firefox: process.env.TAPEDECK_FIREFOX, webkit: process.env.TAPEDECK_WEBKIT };
	const found = () => ({
		firefox: named.firefox ?? firefox() ?? null,
		webkit: named.webkit ?? webkit() ?? null,
		xServer: xServer() ?? null,
	});
	const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
	const missing = () => {
		const now = found();
		return Object.keys(packages).filter((name) => !now[name] && !(name === 'xServer' && hasDisplay));
	};

	const isRoot = process.getuid?.() === 0;
	if (missing().length > 0 && (isRoot || process.env.CI) && inPath('apt-get')) {
		const sudo = isRoot || !inPath('sudo') ? [] : ['sudo'];
		const wanted = missing().map((name) => packages[name]);
		console.log(`Installing ${wanted.join(', ')} …`);
		const [command, ...first] = [...sudo, 'apt-get'];
		if (quiet(command, [...first, 'update', '-qq']))
			quiet(command, [...first, 'install', '-y', '-qq', '--no-install-recommends', ...wanted]);
	}
	const { firefox: firefoxPath, webkit: webkitPath, xServer: xServerPath } = found();
	return {
		firefox: firefoxPath,
		// Its browser draws, and can do so only on some display.
		webkit: webkitPath && (xServerPath || hasDisplay) ? webkitPath : null,
		xServer: xServerPath,
		hint: `On Debian and Ubuntu: apt-get install ${Object.values(packages).join(' ')}; elsewhere name them in TAPEDECK_FIREFOX and TAPEDECK_WEBKIT (WebKitWebDriver).`,
	};
}
