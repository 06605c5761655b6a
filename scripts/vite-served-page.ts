import type { Plugin } from 'vite';

const changes = [
	['<html lang="en">', '<html lang="en" data-serve>'],
	['<title>Tapedeck</title>', '<meta name="robots" content="noindex" />\n\t\t<title>Tapedeck serve</title>'],
] as const;

/**
 * Writes `serve.html`, the page as `tapedeck serve` shows it: the same with a mark. It is no entry of its own, since what two entries share is asked for
 * by other means, and later.
 */
export const servedPage = (): Plugin => ({
	name: 'tapedeck:served-page',
	apply: 'build',
	generateBundle: {
		order: 'post',
		handler(_options, bundle) {
			const page = bundle['index.html'];
			if (page?.type !== 'asset') return;
			const source = changes.reduce((html, [from, to]) => {
				if (!html.includes(from)) this.error(`index.html has no ${from}`);
				return html.replace(from, to);
			}, String(page.source));
			this.emitFile({ type: 'asset', fileName: 'serve.html', source });
		},
	},
});
