import { expect, test } from 'vitest';
import { handsAllOver } from './hands-all-over';

const sound = 'version: "1.0"\npermissions: {}\n';
const broken = 'version: "1.0"\npermissions: {network: {allow: [{host: "a*"}]}}\n';

test.each([
	['0.2.0', null, 'none'],
	['0.8.0', null, 'none'],
	['0.8.0', broken, 'broken'],
	['0.8.0', 'a: [', 'broken'],
	['0.8.0', sound, null],
	['0.8.1', null, null],
	['0.8.1', broken, null],
	['documented', broken, null],
	['nothing', null, null],
])('under %s a component with the policy %j is handed all variables: %s', (engine, policy, expected) => {
	expect(handsAllOver(policy, engine)).toBe(expected);
});
