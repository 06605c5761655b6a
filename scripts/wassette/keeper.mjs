// Runs inside the namespaces that confine.mjs makes, beside the root that the binary is shut in. It answers every name and every plain HTTP
// request there, and starts the binary when told to. Commands come as JSON lines on standard input, events leave so on standard output.
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { dnsAnswer } from './dns-answer.mjs';
import { inside } from './layout.mjs';

const [root] = process.argv.slice(2);
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const fail = (error) => {
	tell({ event: 'refused', error });
	process.exit(1);
};

/** Every address leads to this machine's loopback, which is all the network there is. */
function bringUp() {
	const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
	if (others.length > 0) fail(`The network is not its own: it has ${others.join(', ')}.`);
	for (const words of [
		['link', 'set', 'lo', 'up'],
		['route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo'],
	]) {
		const { status, stderr, error } = spawnSync('ip', words, { encoding: 'utf8' });
		if (status !== 0) fail(`ip ${words.join(' ')} failed: ${error?.message ?? stderr}`);
	}
	// A kernel without IPv6 has no such route, and then no address that would need it.
	spawnSync('ip', ['-6', 'route', 'add', 'local', '::/0', 'dev', 'lo']);
}

function answerNames() {
	const socket = createSocket('udp4');
	socket.on('message', (question, from) => {
		const answer = dnsAnswer(question);
		if (answer) socket.send(answer, from.port, from.address);
	});
	return new Promise((resolve) => socket.bind(53, '127.0.0.1', resolve));
}

const waiting = new Map();
let requests = 0;

/** The first byte of a TLS record that shakes hands. */
const handshake = 22;

const servers = new Map();

/** Answers plain HTTP on a port. Who wants TLS there is told about, and sent away: a guest trusts no certificate that could be made here. */
function listen(port) {
	if (servers.has(port)) return servers.get(port);
	const plain = createServer({ joinDuplicateHeaders: true }, async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const n = ++requests;
		waiting.set(n, response);
		const { method, headers } = request;
		const url = `http://${headers.host ?? ''}${request.url}`;
		tell({ event: 'request', n, method, url, headers, body: Buffer.concat(chunks).toString('base64') });
	});
	const server = createTcpServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', (chunk) => {
			socket.pause();
			if (chunk[0] === handshake) tell({ event: 'tls', port });
			socket.unshift(chunk);
			plain.emit('connection', socket);
			socket.resume();
		});
	});
	const ready = new Promise((resolve, reject) => server.once('error', reject).listen(port, '::', resolve));
	servers.set(port, ready);
	return ready;
}

function answer({ n, status, headers = [], body = '' }) {
	const response = waiting.get(n);
	waiting.delete(n);
	if (!response) return;
	if (status === null) return void response.destroy();
	response.writeHead(status, headers.flat()).end(Buffer.from(body, 'base64'));
}

const running = new Map();

/** The binary: in the root, as a user that is nobody's root, with no capabilities. */
function start({ id, words }) {
	const child = spawn(
		'unshare',
		[
			'--user',
			'--map-user=1000',
			'--map-group=1000',
			`--root=${root}`,
			'--wd=/',
			'--',
			`${inside.libraries}/loader`,
			'--library-path',
			inside.libraries,
			inside.binary,
			...words,
		],
		{ env: {}, stdio: ['pipe', 'pipe', 'pipe'] },
	);
	running.set(id, child);
	child.stdin.on('error', () => {});
	createInterface({ input: child.stdout }).on('line', (text) => tell({ event: 'out', id, text }));
	createInterface({ input: child.stderr }).on('line', (text) => tell({ event: 'err', id, text }));
	child.on('error', ({ message }) => tell({ event: 'end', id, code: null, error: message }));
	child.on('close', (code) => {
		running.delete(id);
		tell({ event: 'end', id, code });
	});
}

const commands = {
	start,
	answer,
	write: ({ id, text }) => running.get(id)?.stdin.write(text),
	close: ({ id }) => running.get(id)?.stdin.end(),
	kill: ({ id }) => running.get(id)?.kill('SIGKILL'),
	listen: async ({ ports, n }) => {
		await Promise.all(ports.map(listen));
		tell({ event: 'listening', n });
	},
};

bringUp();
await answerNames();
tell({ event: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
	const { command, ...rest } = JSON.parse(line);
	await commands[command](rest);
}
process.exit(0);
