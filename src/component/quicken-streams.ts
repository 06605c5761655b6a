/** A piece of the transpiler's text, and what stands in its place. Lines are compared without what they are indented by. */
interface Change {
	readonly from: string;
	readonly to: string;
	/** How often it is there; default once. */
	readonly times?: 'any';
}

/** Changes that hold only together. */
interface Group {
	readonly name: string;
	readonly changes: readonly Change[];
	/** What must not be in the text. */
	readonly unless?: string;
}

const waited = (callback: string): Change => ({
	times: 'any',
	from: `await new Promise((resolve) => {
		let waitInterval = setInterval(${callback}() => {
		if (!this.hasPendingEvent()) { return; }
		clearInterval(waitInterval);
		resolve();
		});
		});`,
	to: 'await _whenReady(() => this.hasPendingEvent());',
});

const groups: readonly Group[] = [
	{
		// The transpiler's code looks every few milliseconds whether there is an event; with thousands of pieces, that is all the time they take.
		name: 'events wake those who wait for them',
		changes: [
			{
				from: 'class Waitable {',
				to: `const _WAITING = new Set();
let _areWoken = false;
function _pause(delay) {
  return new Promise((resolve) => {
    const go = () => {
      _WAITING.delete(go);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(go, delay);
    _WAITING.add(go);
  });
}
function _wakeWaiting() {
  if (_areWoken || _WAITING.size === 0) { return; }
  _areWoken = true;
  setTimeout(() => {
    _areWoken = false;
    for (const go of [..._WAITING]) { go(); }
  }, 0);
}
async function _whenReady(isReady) {
  do { await _pause(10); } while (!isReady());
}
class Waitable {`,
			},
			{ from: 'this.#pendingEventFn = fn;\n', to: 'this.#pendingEventFn = fn;\n_wakeWaiting();\n' },
			{
				from: `setTimeout(async () => {
				let result = this.tick();`,
				to: `_pause(10).then(async () => {
let result = this.tick();`,
			},
			{
				from: `await new Promise((resolve) => setTimeout(resolve, delay));
				result = this.tick();
				}
				this.#tickLoop = null;
				}, 10);`,
				to: `await _pause(delay);
result = this.tick();
}
this.#tickLoop = null;
});`,
			},
			waited(''),
			waited('async '),
		],
	},
	{
		name: 'buffers are forgotten with what they held',
		unless: 'BUFFER_MGR.getBuffer(',
		changes: [{ from: 'instanceBuffers.set(nextBufID, buffer);', to: '' }],
	},
	{
		name: 'bytes travel as bytes',
		changes: [
			{
				from: 'values = Array.from(new Uint8Array(this.#memory.buffer, this.#ptr, count));',
				to: 'values = new Uint8Array(this.#memory.buffer, this.#ptr, count).slice();',
			},
			{
				from: `if (!Array.isArray(values)) { throw new TypeError('values input to write() must be an array'); }`,
				to: `if (!Array.isArray(values) && !(values instanceof Uint8Array)) { throw new TypeError('values input to write() must be an array'); }`,
			},
			{
				from: 'this.#hostOnlyData = this.#hostOnlyData.concat(values);',
				to: 'this.#hostOnlyData = this.#hostOnlyData.length === 0 ? values : [...this.#hostOnlyData, ...values];',
			},
			{
				from: `values = this.#hostOnlyData.slice(0, count);
				this.#hostOnlyData = this.#hostOnlyData.slice(count);`,
				to: `values = this.#hostOnlyData;
this.#hostOnlyData = [];
if (count < values.length) {
  this.#hostOnlyData = values.slice(count);
  values = values.slice(0, count);
}`,
			},
			{
				from: ': values : new typedArray(values);',
				to: ': values : values instanceof typedArray ? values : new typedArray(values);',
			},
			{
				from: 'if (args.data !== undefined && !Array.isArray(args.data)) {',
				to: 'if (args.data !== undefined && !Array.isArray(args.data) && !(args.data instanceof Uint8Array)) {',
			},
			{
				from: 'if (!Array.isArray(values)) { throw new TypeError("writeMany values must be an array"); }',
				to: 'if (!Array.isArray(values) && !(values instanceof Uint8Array)) { throw new TypeError("writeMany values must be an array"); }',
			},
			{
				from: `const values = [];
				const hasPendingReadBuffer`,
				to: `let values = [];
const hasPendingReadBuffer`,
			},
			{
				from: 'count -= pendingValues.drainInto(values, count);',
				to: `if (values.length === 0) {
  const bytes = pendingValues.takeBytes(count);
  if (bytes !== null) {
    values = bytes;
    count -= bytes.length;
    return;
  }
}
if (!Array.isArray(values)) { values = [...values]; }
count -= pendingValues.drainInto(values, count);`,
			},
			{
				from: 'drainInto(target, maxCount) {',
				to: `takeBytes(maxCount) {
  const chunk = this.#chunks[0];
  if (this.#elemMeta.payloadTypeName !== 'U8' || !(chunk instanceof Uint8Array)) { return null; }
  const bytes = chunk.slice(this.#offset, this.#offset + maxCount);
  this.#offset += bytes.length;
  this.#length -= bytes.length;
  if (this.#offset === chunk.length) {
    this.#chunks.shift();
    this.#offset = 0;
  }
  return bytes;
}

drainInto(target, maxCount) {`,
			},
		],
	},
];

/** What the text of the transpiler was changed by, and what was left as it was since its text is not the expected one. */
export interface Quickened {
	readonly source: string;
	readonly done: readonly string[];
	readonly left: readonly string[];
}

/**
 * Generated code in which streams of bytes travel as bytes, where the transpiler makes a list of numbers of each piece, and in which an event
 * wakes what waits for it. What the code does is the same; without it a stream of a gigabyte takes minutes. Code without streams or
 * tasks is returned as it is, and so is code whose text is not exactly the expected one.
 */
export function quickenStreams(source: string): Quickened {
	const done: string[] = [];
	const left: string[] = [];
	let text = source;
	for (const { name, changes, unless } of groups) {
		const next = unless !== undefined && text.includes(unless) ? null : applied(text, changes);
		(next === null ? left : done).push(name);
		text = next ?? text;
	}
	return { source: text, done, left };
}

/** The text with all changes; null where one of them does not find its place. */
function applied(text: string, changes: readonly Change[]): string | null {
	let next = text;
	for (const { from, to, times } of changes) {
		const places = [...next.matchAll(anyIndent(from))];
		if (times !== 'any' && places.length !== 1) return null;
		next = next.replace(anyIndent(from), () => to);
	}
	return next;
}

/** Finds text whatever its lines are indented by: the transpiler indents one class by what stands before it. */
function anyIndent(text: string): RegExp {
	const lines = text.split('\n').map((line) => line.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(lines.join('\\n[ \\t]*'), 'g');
}
