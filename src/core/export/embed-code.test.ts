import { seal } from '../outlet/outgoing';
import { expect, test } from 'vitest';
import { embedCode, embedScript } from './embed-code';

test('the code that embeds names the page beside the one that made it, whatever stands after that', () => {
	expect(embedCode(seal('https://a.example/deck/index.html?x=1#y'), seal('td1.abc'))).toBe(
		'<iframe src="https://a.example/deck/embed.html#td1.abc" title="Tapedeck" style="width: 100%; height: 640px; border: 0"></iframe>',
	);
	expect(embedScript(seal('https://a.example/deck/'), seal('td1.abc'))).toBe(
		'<script src="https://a.example/deck/embed.js" data-scenario="td1.abc"></script>',
	);
});
