import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grant, parsePolicy, revoke } from '..';
import { applyEdits } from './policy-document';
import { runs } from '../../testing/runs';

const options = { componentId: 'c' };
const text = (edit: ReturnType<typeof revoke>) => (edit.ok ? edit.value.newText : `error: ${edit.error}`);

describe('edits of a text', () => {
	test('at one place keep what is inserted, and remove what follows it', () => {
		const edits = [
			{ from: 2, to: 2, text: 'X' },
			{ from: 2, to: 4, text: '' },
		];
		expect(applyEdits('abcdef', edits)).toBe('abXef');
		expect(applyEdits('abcdef', edits.toReversed())).toBe('abXef');
	});
});

describe('revoking the only rule', () => {
	const around = (inside: string) => `version: "1.0"\npermissions:\n  network:\n    allow:${inside}`;

	test('leaves a comment with a colon as it is', () => {
		expect(
			text(
				revoke(
					around('\n      # see https://wiki/x\n      - host: a.test\n'),
					{ kind: 'network', host: 'a.test' },
					options,
				),
			),
		).toBe(around(' []\n      # see https://wiki/x\n'));
	});

	test('leaves an anchor where it was', () => {
		expect(
			text(revoke(around(' &hosts\n      - host: a.test\n'), { kind: 'network', host: 'a.test' }, options)),
		).toBe(around(' &hosts []\n'));
	});
});

describe('a policy of any layout', () => {
	const comment = fc.constantFrom(
		'',
		' # x: y',
		' # see https://wiki/x',
		" # it's: 'quoted",
		' # - host: "c.test"',
	);
	const quoted = (host: string) => fc.constantFrom(host, `"${host}"`, `'${host}'`);
	const policy = fc
		.record({
			hosts: fc.uniqueArray(fc.constantFrom('a.test', 'b.test', '*.c.test', 'https://d.test:8443'), {
				minLength: 1,
			}),
			comments: fc.array(comment, { minLength: 8, maxLength: 8 }),
			quotes: fc.tuple(quoted('q'), quoted('q'), quoted('q'), quoted('q')),
			indent: fc.constantFrom(2, 3, 4),
			flow: fc.boolean(),
			flush: fc.boolean(),
			anchor: fc.constantFrom('', ' &hosts'),
			blank: fc.constantFrom('', '\n'),
			crlf: fc.boolean(),
		})
		.map(({ hosts, comments, quotes, indent, flow, flush, anchor, blank, crlf }) => {
			const at = (depth: number) => ' '.repeat(depth * indent);
			const written = hosts.map((host, index) => {
				const mark = quotes[index]![0]!;
				return mark === 'q' && host[0] !== '*'
					? host
					: `${mark === "'" ? "'" : '"'}${host}${mark === "'" ? "'" : '"'}`;
			});
			const list = flow
				? `${anchor} [${written.map((host) => `{ host:  ${host} }`).join(' ,  ')}]${comments[3]}\n`
				: `${anchor}${comments[3]}\n${comments[4] ? `${at(3)}${comments[4].trim()}\n` : ''}${blank}${written
						.map((host) => `${at(flush ? 2 : 3)}-  host: ${host}${comments[5]}\n`)
						.join(blank)}`;
			const lines = `version: "1.0"${comments[0]}\n${blank}permissions:${comments[1]}\n${at(1)}network:${comments[2]}\n${at(2)}allow:${list}${at(1)}environment:\n${at(2)}allow:\n${at(3)}- key: K${comments[6]}\n`;
			return { text: crlf ? lines.replaceAll('\n', '\r\n') : lines, hosts };
		});
	const hostsOf = (text: string) => {
		const parsed = parsePolicy(text);
		expect(parsed.policy, text).not.toBeNull();
		return (parsed.policy?.rules ?? []).filter((rule) => rule.kind === 'host');
	};
	const commentsOf = (text: string) => text.match(/ ?# (x: y|see .*|it's.*)/g) ?? [];

	test('loses the rule that is revoked and nothing else, and gets it back by a grant', () => {
		fc.assert(
			fc.property(policy, ({ text: before, hosts }) => {
				const all = hostsOf(before).length;
				expect(all).toBe(hosts.length);
				const [host] = hosts as [string];
				const revoked = revoke(before, { kind: 'network', host }, options);
				expect(revoked.ok, before).toBe(true);
				if (!revoked.ok) return;
				const { newText } = revoked.value;
				expect(hostsOf(newText), newText).toHaveLength(all - 1);
				expect(newText).toContain('key: K');
				if (/\r\n/.test(before)) expect(newText).not.toMatch(/[^\r]\n/);
				const again = grant(newText, { kind: 'network', host }, options);
				expect(again.ok, newText).toBe(true);
				if (again.ok) expect(hostsOf(again.value.newText), again.value.newText).toHaveLength(all);
				// A comment on the line of the rule goes with it; the others stay.
				expect(commentsOf(newText).length).toBeGreaterThanOrEqual(commentsOf(before).length - 1);
			}),
			{ numRuns: runs(100) },
		);
	});
});
