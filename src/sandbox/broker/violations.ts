export interface ViolationWatch {
	/** Whether the CSP blocked this request, or a redirect of it. */
	happened(): boolean;
	stop(): void;
}

/** Watches for the CSP's blocking of a URL. Of a redirect the browser names the URL before it, never the one it leads to. */
export function watchViolations(url: string): ViolationWatch {
	let happened = false;
	const bare = url.split('#', 1)[0];
	const note = ({ blockedURI }: SecurityPolicyViolationEvent) => {
		if (blockedURI === bare || blockedURI === url) happened = true;
	};
	document.addEventListener('securitypolicyviolation', note);
	return {
		happened: () => happened,
		stop: () => document.removeEventListener('securitypolicyviolation', note),
	};
}
