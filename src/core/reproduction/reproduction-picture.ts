import { keptFor } from '../kept-for';
import { reproductionWords, type Reproduction } from './reproduction';

const cell = { width: 72, height: 44, gap: 4 } as const;
const margin = 12;
const headHeight = 34;

/** Colours that can be read on light and on dark ground, each with a mark, so that none is told by colour alone. */
const looks = {
	yes: { fill: '#1f7a3d', mark: 'M-5 0l3.500 4 7-8', words: 'as expected' },
	no: { fill: '#b3261e', mark: 'M-4-4l8 8M4-4l-8 8', words: 'differs' },
	none: { fill: '#6b7280', mark: 'M-4 0h8', words: 'not run' },
} as const;

/** The strip as an SVG picture: self-contained, with a title and a description for those who do not see it. */
export function reproductionPicture(reproduction: Reproduction, title: string): string {
	const { engines, runs } = reproduction;
	const verdict = reproductionWords(reproduction);
	const width = Math.max(420, margin * 2 + engines.length * (cell.width + cell.gap) - cell.gap);
	const height = headHeight + cell.height + margin;
	const cells = engines.map((engine, index) => {
		const run = runs.find((one) => one.engine === engine);
		const look = looks[run?.behaves === true ? 'yes' : run?.behaves === false ? 'no' : 'none'];
		const x = margin + index * (cell.width + cell.gap);
		return [
			`<g transform="translate(${x} ${headHeight})"><title>${escaped(`Wassette ${engine}: ${look.words}`)}</title>`,
			`<rect width="${cell.width}" height="${cell.height}" rx="5" fill="${look.fill}"/>`,
			`<path transform="translate(${cell.width / 2} 14)" d="${look.mark}" fill="none" stroke="#fff" stroke-width="2"/>`,
			`<text x="${cell.width / 2}" y="35" text-anchor="middle" font-size="12" fill="#fff">${escaped(engine)}</text></g>`,
		].join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif">`,
		`<title>${escaped(title || 'A scenario of Tapedeck')}</title><desc>${escaped(verdict)}</desc>`,
		`<rect width="${width}" height="${height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>`,
		`<text x="${margin}" y="23" font-size="14" font-weight="600" fill="#1f2328">${escaped(verdict)}</text>`,
		...cells,
		'</svg>\n',
	].join('\n');
}

const entities = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
]);

/** Text for XML; what XML cannot hold becomes U+FFFD. */
const escaped = (text: string): string =>
	text
		.replace(/\p{Cs}/gu, '\ufffd')
		// eslint-disable-next-line no-control-regex -- these are what XML cannot hold
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
		.replace(/[&<>"]/g, (character) => keptFor(entities, character));
