import { expect, type Locator, type Page } from '@playwright/test';
import { component, openDeck, pick, tool } from './page';
import { test } from './test';

/*
 * Every type of WIT, by its edge values, from the page to a guest and back. `saw` answers with the words of WebAssembly that arrived, which
 * shows what the guest saw; `types` gives the value itself back.
 */

/** What `saw-…` answers, as JSON text; a pattern where an address is among it. */
type Words = string | RegExp;

/** The tail of the tool's name at `saw`, the value as JSON text, and what the guest saw of it. */
const seen: readonly (readonly [name: string, json: string, words: Words])[] = [
	['bool', 'true', '1'],
	['bool', 'false', '0'],
	['u8', '255', '255'],
	['s8', '-128', '4294967168'],
	['u16', '65535', '65535'],
	['s16', '-32768', '4294934528'],
	['u32', '4294967295', '-1'],
	['s32', '-2147483648', '2147483648'],
	['u64', '18446744073709551615', '-1'],
	['u64', '9007199254740993', '9007199254740993'],
	['s64', '-9223372036854775808', '9223372036854775808'],
	['f32', '0.1', '1036831949'],
	['f32', '-0', '2147483648'],
	['f32', '"NaN"', '2143289344'],
	['f32', '"inf"', '2139095040'],
	['f32', '"-inf"', '4286578688'],
	['f64', '0.1', '4591870180066957722'],
	['f64', '5e-324', '1'],
	['f64', '-0', '9223372036854775808'],
	['f64', '"NaN"', '9221120237041090560'],
	['f64', '"inf"', '9218868437227405312'],
	['f64', '"-inf"', '18442240474082181120'],
	['char', '"🎞"', '127902'],
	['char', '"\\u0000"', '0'],
	['string', '"é🎞\\u0000"', '[195,169,240,159,142,158,0]'],
	['string', '""', '[]'],
	['bytes', '[104,195,169]', 'hé'],
	['bytes', '[]', ''],
	['option', 'null', '[0,0,0]'],
	['option', '7', '[1,1,7]'],
	['result', '{"ok":7}', '[0,7,0]'],
	['result', '{"err":"no"}', /^\[1,\d+,2\]$/],
	['empty-result', '{"ok":null}', '0'],
	['empty-result', '{"err":null}', '1'],
	['flags', '["a","c-d"]', '5'],
	['flags', '{"a":true,"b":false,"c-d":true}', '5'],
	['flags', '[]', '0'],
	['enum', '"very-large"', '2'],
	['variant', '{"tag":"nothing"}', '[0,0,0,0]'],
	['variant', '{"tag":"circle","val":-0}', '[1,0,2147483648,0]'],
	['variant', '{"tag":"named","val":"hé"}', /^\[2,\d+,0,3\]$/],
	['tuple', '[255,"-inf",true]', '[255,4286578688,1]'],
	['record', '{"x":-1,"inner":{"on":true,"by":0.5},"tags":["a",""]}', '[4294967295,1,1056964608,2]'],
	['list', '[[1,2],[3,4294967295]]', '[1,2,3,4294967295]'],
	['list', '[]', '[]'],
];

/** The tail of the tool's name at `types`, a value as JSON text that comes back as it went, unless the third says how. */
const echoed: readonly (readonly [name: string, json: string, back?: string])[] = [
	['bool', 'false'],
	['u8', '0'],
	['u64', '18446744073709551615'],
	['s64', '-9223372036854775808'],
	['f32', '"NaN"'],
	['f64', '-0'],
	['f64', '1.7976931348623157e+308'],
	['char', '"🎞"'],
	['string', '"\\u202eabc\\u0000é🎞"'],
	['bytes', '[0,255,128]'],
	['strings', '["","b"]'],
	['matrix', '[[],[1,-2],[2147483647]]'],
	['points', '[{"x":-2147483648,"y":2147483647},{"x":0,"y":0}]'],
	['segment', '{"start-point":{"x":1,"y":2},"end-point":{"x":3,"y":4},"label":null,"tags":["a"]}'],
	['option', 'null'],
	['option', '""'],
	['result', '{"err":""}', '[{"err":""}]'],
	['result', '{"ok":4294967295}', '[{"ok":4294967295}]'],
	['tuple', '[4294967295,"two",false]'],
	['shape', '{"tag":"nothing"}'],
	['shape', '{"tag":"circle","val":"inf"}'],
	['shape', '{"tag":"polygon","val":[{"x":1,"y":2}]}'],
	[
		'shape',
		'{"tag":"segment","val":{"start-point":{"x":1,"y":2},"end-point":{"x":3,"y":4},"label":"é","tags":[]}}',
	],
	['shapes', '[{"tag":"nothing"},{"tag":"circle","val":-1.5}]'],
	['size', '"very-large"'],
	['features', '["a","c-d"]'],
	['features', '{"a":false,"b":true,"c-d":false}', '["b"]'],
];

const view = (page: Page, name: 'Form' | 'JSON') => page.getByRole('radio', { name, exact: true }).click();

/** Presses Run, and gives the text of the result as it came over the wire. */
async function resultOf(page: Page): Promise<string> {
	const before = await page.evaluate(() => window.tapedeck.activity().length);
	await page.getByTestId('run').click();
	await expect
		.poll(() => page.evaluate(() => window.tapedeck.activity().length), { intervals: [20, 50, 100] })
		.toBeGreaterThan(before);
	await expect(page.getByTestId('run')).toBeEnabled();
	return page.evaluate(() => {
		const last = window.tapedeck.activity().findLast((entry) => entry.kind === 'tool-call');
		if (last?.kind !== 'tool-call' || last.status === 'error') throw new Error(last?.summary);
		return last.summary;
	});
}

const summary = (json: string) => {
	const value: unknown = JSON.parse(json);
	return typeof value === 'string' ? value : json;
};

async function opened(page: Page, name: string) {
	await openDeck(page);
	await pick(page, `${name}.wasm`, component(name));
	await expect(
		page.locator(`[data-testid=tool-item][data-name^="${name === 'saw' ? 'saw-' : 'echo-'}"]`).first(),
	).toBeVisible({ timeout: 20_000 });
	// A release refuses words for numbers and leaves nothing out; this engine takes all that a form can give.
	await page.evaluate(() => window.tapedeck.setEngine('documented'));
}

test.describe('a value of every type', () => {
	/** Every value of `seen`, written in the JSON view; where it is asked for, the form takes it over and gives it back. */
	async function arrives(page: Page, throughForm: boolean) {
		await opened(page, 'saw');
		await view(page, 'JSON');
		for (const [name, json, words] of seen) {
			await tool(page, `saw-${name}`).click();
			await page.getByTestId('call-json').fill(`{"value":${json}}`);
			if (throughForm) {
				await view(page, 'Form');
				await view(page, 'JSON');
			}
			await expect(page.getByTestId('call-json'), `${name} ${json}`).toHaveValue(
				new RegExp(`^\\s*\\{\\s*"value":`),
			);
			const saw = await resultOf(page);
			if (typeof words === 'string') expect(saw, `${name} ${json}`).toBe(words);
			else expect(saw, `${name} ${json}`).toMatch(words);
		}
	}

	test('arrives at the guest as it was written in the JSON view', async ({ page }) => {
		test.setTimeout(300_000);
		await arrives(page, false);
	});

	test('arrives as it was written when the form had it in between', { tag: '@long' }, async ({ page }) => {
		test.setTimeout(300_000);
		await arrives(page, true);
	});

	test('comes back as it went', { tag: '@long' }, async ({ page }) => {
		test.setTimeout(300_000);
		await opened(page, 'types');
		await view(page, 'JSON');
		for (const [name, json, back = json] of echoed) {
			await tool(page, `echo-${name}`).click();
			await page.getByTestId('call-json').fill(`{"value":${json}}`);
			await view(page, 'Form');
			await view(page, 'JSON');
			expect(await resultOf(page), `${name} ${json}`).toBe(summary(back));
		}
	});
});

/** Fills a field as a person would, and checks what the guest saw. */
async function saw(page: Page, name: string, fill: (form: Locator) => Promise<unknown>, words: Words) {
	await tool(page, `saw-${name}`).click();
	await fill(page.getByTestId('call-form'));
	const text = await resultOf(page);
	if (typeof words === 'string') expect(text, name).toBe(words);
	else expect(text, name).toMatch(words);
}

const type = (text: string) => (form: Locator) => form.getByRole('textbox').first().fill(text);

test.describe('the form', () => {
	test('gives numbers, characters and text as they are typed', async ({ page }) => {
		test.setTimeout(90_000);
		await opened(page, 'saw');
		await saw(page, 'u64', type('18446744073709551615'), '-1');
		await saw(page, 's64', type('-9223372036854775808'), '9223372036854775808');
		await saw(page, 'f64', type('-0'), '9223372036854775808');
		await saw(page, 'f64', type('NaN'), '9221120237041090560');
		await saw(page, 'f32', type('-inf'), '4286578688');
		await saw(page, 'char', type('🎞'), '127902');
		await saw(page, 'string', type('é🎞'), '[195,169,240,159,142,158]');
		await saw(page, 'string', type(''), '[]');
	});

	test('gives choices as they are made', async ({ page }) => {
		test.setTimeout(90_000);
		await opened(page, 'saw');
		await saw(page, 'bool', (form) => form.getByRole('radio', { name: 'true' }).check(), '1');
		await saw(page, 'enum', (form) => form.getByRole('combobox').selectOption({ label: 'very-large' }), '2');
		await saw(page, 'flags', (form) => form.getByRole('button', { name: /Set none/ }).click(), '0');
		await saw(
			page,
			'flags',
			async (form) => {
				await form.getByRole('checkbox', { name: 'a', exact: true }).check();
				await form.getByRole('checkbox', { name: 'c-d' }).check();
			},
			'5',
		);
		await saw(page, 'empty-result', (form) => form.getByRole('radio', { name: 'err' }).check(), '1');
		await saw(
			page,
			'result',
			async (form) => {
				await form.getByRole('radio', { name: 'err' }).check();
				await form.getByRole('textbox').fill('no');
			},
			/^\[1,\d+,2\]$/,
		);
		await saw(
			page,
			'variant',
			(form) => form.getByRole('combobox').selectOption({ label: 'nothing' }),
			'[0,0,0,0]',
		);
		await saw(
			page,
			'variant',
			async (form) => {
				await form.getByRole('combobox').first().selectOption({ label: 'circle' });
				await form.getByRole('textbox').fill('-0');
			},
			'[1,0,2147483648,0]',
		);
	});

	test('tells no option, an empty one inside, and a value apart', async ({ page }) => {
		await opened(page, 'saw');
		const none = (form: Locator) => form.getByRole('radio', { name: 'none' });
		const some = (form: Locator) => form.getByRole('radio', { name: 'a value' });
		await saw(page, 'option', (form) => none(form).first().check(), '[0,0,0]');
		await saw(
			page,
			'option',
			async (form) => {
				await some(form).first().check();
				await some(form).nth(1).check();
				await form.getByRole('textbox').fill('7');
			},
			'[1,1,7]',
		);
	});

	test('gives bytes as text, hex, base64, numbers and from a file', async ({ page }) => {
		await opened(page, 'saw');
		const as = (format: string, text: string) => async (form: Locator) => {
			const clear = form.getByRole('button', { name: 'Send nothing as value' });
			if (await clear.isVisible()) await clear.click();
			await form.getByRole('combobox').selectOption({ label: format });
			await form.getByRole('textbox').fill(text);
		};
		await saw(page, 'bytes', as('Text', 'hé'), 'hé');
		await saw(page, 'bytes', as('Hex', '68c3a9'), 'hé');
		await saw(page, 'bytes', as('Base64', 'aMOp'), 'hé');
		await saw(page, 'bytes', as('Numbers', '104 195 169'), 'hé');
		await saw(
			page,
			'bytes',
			(form) =>
				form.locator('input[type=file]').setInputFiles({
					name: 'bytes.bin',
					mimeType: 'application/octet-stream',
					buffer: Buffer.from('from a file'),
				}),
			'from a file',
		);
	});

	test('gives records in records, and lists with items added, moved and removed', async ({ page }) => {
		await opened(page, 'saw');
		await saw(
			page,
			'record',
			async (form) => {
				await form.getByRole('textbox', { name: /^x/ }).fill('-1');
				await form.getByRole('radio', { name: 'true' }).check();
				await form.getByRole('textbox', { name: /^by/ }).fill('0.5');
				await form.getByRole('button', { name: 'Add an item to tags' }).click();
				await page.keyboard.type('a tag');
			},
			'[4294967295,1,1056964608,1]',
		);
		await saw(
			page,
			'list',
			async (form) => {
				for (const [x, y] of [
					['1', '2'],
					['3', '4'],
					['5', '6'],
				] as const) {
					await form.getByRole('button', { name: 'Add an item to value' }).click();
					await page.keyboard.type(x);
					await page.keyboard.press('Tab');
					await page.keyboard.type(y);
				}
				await form.getByRole('button', { name: /item 3 of value up/i }).click();
				await form.getByRole('button', { name: /Remove item 1 of value/i }).click();
			},
			'[5,6,3,4]',
		);
	});
});

test('what a type cannot hold is refused at its field, and nothing is sent', async ({ page }) => {
	await opened(page, 'saw');
	for (const [name, text] of [
		['u8', '256'],
		['u64', '18446744073709551616'],
		['s8', '-129'],
		['char', 'ab'],
		['f64', 'one'],
	] as const) {
		await tool(page, `saw-${name}`).click();
		await page.getByTestId('call-form').getByRole('textbox').first().fill(text);
		await page.getByTestId('run').click();
		await expect(page.getByTestId('call-form').getByRole('textbox').first()).toHaveAttribute(
			'aria-invalid',
			'true',
		);
	}
	expect(await page.evaluate(() => window.tapedeck.activity())).toEqual([]);
});
