// Shows a Tapedeck in the place of the script that loads this; see docs/embedding.md. It asks the frame only how high it would be.
(() => {
	'use strict';
	const script = document.currentScript;
	if (!(script instanceof HTMLScriptElement)) return;
	const { scenario, src, show, tool, theme, height } = script.dataset;

	/** Whether what stands behind the frame is dark, whatever the reader's system prefers. */
	function isDark() {
		for (let element = script.parentElement; element; element = element.parentElement) {
			const [red, green, blue, alpha = 1] = (
				getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? [0, 0, 0, 0]
			).map(Number);
			if (alpha > 0.5) return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
		}
		const schemes = getComputedStyle(document.documentElement).colorScheme.split(' ');
		return (
			schemes.includes('dark') &&
			(!schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches)
		);
	}

	const address = new URL('embed.html', script.src);
	const given = { src, show, tool, theme: theme ?? (isDark() ? 'dark' : 'light') };
	for (const [name, value] of Object.entries(given)) if (value) address.searchParams.set(name, value);
	if (scenario) address.hash = scenario.replace(/^.*#/, '');

	const frame = document.createElement('iframe');
	frame.title = 'Tapedeck';
	frame.style.cssText = `display: block; width: 100%; height: ${Number(height) || 480}px; border: 0`;
	frame.addEventListener('load', () =>
		frame.contentWindow.postMessage(
			{ tapedeck: 1, id: 'height', method: 'height', params: [] },
			address.origin,
		),
	);
	addEventListener('message', ({ source, origin, data }) => {
		if (source !== frame.contentWindow || origin !== address.origin || data?.tapedeck !== 1 || height) return;
		const wanted = data.event === 'height' ? data.height : data.id === 'height' && data.ok ? data.result : 0;
		if (wanted > 0) frame.style.height = `${Math.min(1200, Math.max(200, wanted))}px`;
	});
	frame.src = address.href;
	script.replaceWith(frame);
})();
