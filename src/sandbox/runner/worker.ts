import { control } from '../protocol';
import { createRunner, type RunnerPlatform } from './create-runner';
import { lockDown } from './lockdown';
import { promptTimers } from './prompt-timers';
import { rehearse } from './rehearse';
import { makeTextStrict } from './strict-text';

/**
 * The worker in which a component runs. It keeps what it needs of the platform to itself, takes the rest away from the realm, and only
 * then says that it is ready for the one call it will ever serve.
 */
const scope = globalThis as unknown as Worker;
const postMessage: Worker['postMessage'] = scope.postMessage.bind(scope);
const getRandomValues = crypto.getRandomValues.bind(crypto);

/** The most that one `getRandomValues` gives. */
const entropy = 65_536;

/** How long after a program is there the runner tries its code out, in milliseconds: a call of many in a row comes sooner, and goes first. */
const rehearsalMs = 20;

const platform: RunnerPlatform = {
	now: performance.now.bind(performance),
	wallNow: Date.now,
	randomBytes(length) {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length; at += entropy) getRandomValues(bytes.subarray(at, at + entropy));
		return bytes;
	},
};

const runner = createRunner(
	{ postMessage: (message, transfer) => postMessage(message, transfer) },
	platform,
	// Later, and not where the call is there already.
	{ onPrepared: () => setTimeout(() => runner.isTaken() || rehearse(platform), rehearsalMs) },
);
scope.addEventListener('message', ({ data }: MessageEvent<unknown>) => runner.receive(data));

makeTextStrict();
Object.assign(globalThis, promptTimers({ setTimeout, clearTimeout }, new MessageChannel()));
lockDown();
postMessage(control.ready);
