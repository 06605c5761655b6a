/** What a component meets here and would not meet in Wassette itself, or the other way round. */
export const differences: readonly string[] = [
	'The live network has the limits of a web page: servers must allow other sites (CORS), and a page served over https cannot reach http. Routes do not have that limit.',
	'Some request headers cannot be sent from a web page, such as Host, Origin, Cookie and User-Agent; a component that sets them is told that they are forbidden.',
	'A redirect cannot be looked at before it is followed. The next host has to be granted too, and is checked again when the answer comes.',
	'A memory limit works by rewriting the memory maximum of the component, not by counting while it runs.',
	'A path outside every granted directory is seen only because this page shows attempts outside every grant, which Wassette does not. Settings can switch it off.',
	'A call that runs too long is ended by a deadline. Wassette has none.',
	'Network ranges (CIDR) match addresses that are written as such. Names are not resolved.',
	'Raw sockets are always denied, as in Wassette.',
];
