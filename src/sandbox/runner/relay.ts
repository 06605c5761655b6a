import workerSource from 'virtual:tapedeck-worker';
import { answerControl, answerPage, isWalledIn } from '../answer-page';
import { control, wireLimits } from '../protocol';

/**
 * The only code in the runner's document. It starts the worker that the component will run in and carries messages between it and the
 * page, as fast as the page takes them in and no faster. The component never runs here.
 */
function relay(): void {
	const worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' })));
	let page: MessagePort | null = null;
	let workerReady = false;
	let broken: string | null = null;
	/** Messages that the page has not taken in yet, of those sent. */
	let underWay = 0;
	let waiting: (string | ArrayBuffer)[] = [];
	let waitingBytes = 0;

	function send(): void {
		while (page && underWay < wireLimits.window) {
			const message = waiting.shift();
			if (message === undefined) break;
			waitingBytes -= sizeOf(message);
			underWay += 1;
			if (typeof message === 'string') page.postMessage(message);
			else page.postMessage(message, [message]);
		}
	}

	function giveUp(why: string): void {
		if (broken !== null) return;
		broken = control.broken + why.slice(0, wireLimits.message);
		worker.terminate();
		waiting = [];
		page?.postMessage(broken);
	}

	worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
		if (broken !== null) return;
		if (!workerReady) {
			if (data !== control.ready) return giveUp('The sandbox did not start as it should.');
			workerReady = true;
			page?.postMessage(control.ready);
			return;
		}
		if (!isCarried(data)) return giveUp('The component broke out of the conversation with the page.');
		waiting.push(data);
		waitingBytes += sizeOf(data);
		if (waiting.length > wireLimits.waiting || waitingBytes > wireLimits.waitingBytes) {
			return giveUp('The component sent more than the page can take in.');
		}
		send();
	});
	worker.addEventListener('messageerror', () => giveUp('The component sent what cannot be carried.'));
	worker.addEventListener('error', (event) => giveUp(`The sandbox failed: ${event.message}`));

	answerPage((port) => {
		page = port;
		port.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (data === control.taken) {
				underWay -= 1;
				send();
			} else if (!answerControl(port, data)) {
				if (data instanceof ArrayBuffer) worker.postMessage(data, [data]);
				else worker.postMessage(data);
			}
		};
		if (broken !== null) port.postMessage(broken);
		else if (workerReady) port.postMessage(control.ready);
	});
}

const sizeOf = (message: string | ArrayBuffer) =>
	typeof message === 'string' ? message.length * 2 : message.byteLength;

// What starts with `#` is between page and relay; a component that could send it could vouch for itself.
const isCarried = (data: unknown): data is string | ArrayBuffer =>
	typeof data === 'string'
		? data.length <= wireLimits.text && !data.startsWith('#')
		: data instanceof ArrayBuffer && data.byteLength <= wireLimits.bytes;

if (isWalledIn()) relay();
