/** What of this process's environment a browser needs to start; the rest, with whatever secrets CI keeps there, is not handed on. */
const passedOn = [
	...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TMP', 'TEMP', 'DISPLAY', 'LD_LIBRARY_PATH'],
	...['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'DBUS_SESSION_BUS_ADDRESS', 'FONTCONFIG_PATH'],
	...['SystemRoot', 'SYSTEMROOT', 'LOCALAPPDATA', 'APPDATA', 'PROGRAMFILES', 'USERPROFILE', 'SYSTEMDRIVE'],
];

/**
 * Starts a browser in its own sandbox, and only where that does not start, without; `warning` says so then. `launchServer` is Playwright's.
 * Rejects where neither starts.
 */
export async function launch(launchServer, executablePath) {
	const env = Object.fromEntries(
		passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
	);
	// Signals end the command, which ends its browser.
	const options = { executablePath, env, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
	try {
		return { server: await launchServer({ ...options, chromiumSandbox: true }), warning: null };
	} catch {
		const server = await launchServer({ ...options, chromiumSandbox: false });
		return { server, warning: withoutSandbox(process.getuid?.() === 0) };
	}
}

const withoutSandbox = (isRoot) =>
	`The browser’s own sandbox could not be started${
		isRoot ? ', because this runs as root' : ' on this system'
	}: components run in Tapedeck’s sandbox alone. For scenarios of strangers, run this ${
		isRoot ? 'as another user' : 'where Chromium may use user namespaces'
	}, or in a container of its own.`;
