// The Action's last step: writes the summary into one comment of the pull request, where that is allowed. It never fails the job.
import { readFileSync } from 'node:fs';
import { annotation } from '../lib/annotations.mjs';

/** Characters of a comment: GitHub takes 65,536. */
const mostComment = 60_000;
const mostPages = 10;
const { GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REPOSITORY, GITHUB_API_URL, GITHUB_JOB } = process.env;
const { TAPEDECK_REPORT: report, TAPEDECK_TOKEN: token } = process.env;

/** What tells this comment from all others. */
const marker = `<!-- tapedeck ${String(GITHUB_JOB).replace(/[^\w-]/g, '')} -->`;

async function ask(method, path, body) {
	const response = await fetch(`${GITHUB_API_URL}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${token}`,
			accept: 'application/vnd.github+json',
			'content-type': 'application/json',
			'user-agent': 'tapedeck',
		},
		body: body && JSON.stringify(body),
		// The token is for this server alone.
		redirect: 'error',
		signal: AbortSignal.timeout(30_000),
	});
	if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
	return response.json();
}

/** Why there will be no comment, as a sentence; null where there may be one. */
function whyNot(event) {
	if (GITHUB_EVENT_NAME !== 'pull_request')
		return 'This is no pull_request, so there is nothing to comment on.';
	const { head, base } = event.pull_request ?? {};
	if (!head?.repo || head.repo.full_name !== base?.repo?.full_name)
		return 'This pull request comes from another repository, for which the token may not write. The job summary says the same.';
	if (!report) return 'There is no report to comment with.';
	return token ? null : 'There is no token to comment with.';
}

async function comment() {
	const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
	const problem = whyNot(event);
	if (problem !== null) return console.log(problem);
	const text = readFileSync(report, 'utf8')
		// A comment is for reading: the links of the summary are longer than all else in it.
		.replace(/\[Open this scenario\]\((.{2000,})\)/g, 'The job summary has a link that opens this scenario.');
	const body = `${marker}\n${text.length > mostComment ? `${text.slice(0, mostComment)}\n\n…` : text}`;
	const issue = `/repos/${GITHUB_REPOSITORY}/issues`;
	const known = await ownComment(`${issue}/${event.pull_request.number}/comments`);
	if (known) await ask('PATCH', `${issue}/comments/${known.id}`, { body });
	else await ask('POST', `${issue}/${event.pull_request.number}/comments`, { body });
	console.log(known ? 'The comment was updated.' : 'A comment was written.');
}

/** The comment that an earlier run wrote. What a person wrote is left alone, whatever it begins with. */
async function ownComment(path) {
	for (let page = 1; page <= mostPages; page++) {
		const comments = await ask('GET', `${path}?per_page=100&page=${page}`);
		const own = comments.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
		if (own || comments.length < 100) return own;
	}
	return undefined;
}

try {
	await comment();
} catch (error) {
	console.log(
		annotation(
			'warning',
			{ title: 'Tapedeck' },
			`No comment was written: ${error.message}. It needs the permission pull-requests: write.`,
		),
	);
}
