/** `wasi:sockets/network.ip-socket-address`. */
export type IpSocketAddress =
	| { readonly tag: 'ipv4'; readonly val: { readonly port: number; readonly address: readonly number[] } }
	| { readonly tag: 'ipv6'; readonly val: { readonly port: number; readonly address: readonly number[] } };

/** An address as people write it: `1.2.3.4:80`, `[2001:db8::1]:80`. */
export function formatAddress({ tag, val }: IpSocketAddress): string {
	return tag === 'ipv4' ? `${val.address.join('.')}:${val.port}` : `[${formatIpv6(val.address)}]:${val.port}`;
}

/** The longest run of two or more zero groups, the first of equals, becomes `::`. */
function formatIpv6(groups: readonly number[]): string {
	let start = 0;
	let length = 0;
	for (let from = 0; from < groups.length; from++) {
		let to = from;
		while (groups[to] === 0) to++;
		if (to - from > Math.max(length, 1)) [start, length] = [from, to - from];
	}
	const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
	return length === 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}
