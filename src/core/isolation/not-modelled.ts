import type { IsolationId } from './confinement';

/** What the models of the two other runtimes leave out, as the page and the documentation name it. */
export const notModelled: Readonly<Record<Exclude<IsolationId, 'wassette'>, readonly string[]>> = {
	process: [
		'users and file permissions: every file of the world counts as readable and writable',
		'other processes, their memory and their variables; the clipboard, the screen, the keyring',
		'devices, system calls and bugs of the kernel',
		'DNS: looking a name up already tells it to somebody',
		'sockets other than HTTP, and services that listen on this machine',
	],
	container: [
		'the image: it is taken to be empty but for /tmp, with no variables of its own',
		'the kernel that it shares with its host, system calls, seccomp and bugs of both',
		'uid and gid, user namespaces, capabilities and file permissions',
		'DNS, proxies, published ports, other services, and hosts that a firewall blocks',
		'limits other than memory: CPU, processes, disk, size of a tmpfs',
		'what one run leaves in a volume for the next: nothing is kept here',
	],
};
