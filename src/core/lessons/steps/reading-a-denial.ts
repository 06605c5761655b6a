import { newestRelease } from '../../policy';
import { callWorks, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';

const call = { component: 'weather', tool: 'get-weather', arguments: { city: 'Paris' } };
const json: [string, string][] = [['content-type', 'application/json']];

export const readingADenial: Lesson = {
	id: 'reading-a-denial',
	title: 'Read a denial',
	text: [
		'A tool seldom says why it failed; often it does not know. The activity does. Select a denied row: it shows what was asked for, and what would have allowed it.',
		'This tool asks two services about the weather. Its policy was written by hand, and something in it is wrong.',
	],
	task: 'Find out what was denied, repair the policy, and leave no rule in it that is of no use.',
	hint: 'Compare the host in the denied row with the rules, letter by letter. Correct the rule instead of adding another one.',
	scenario: {
		version: 1,
		title: 'Lesson: read a denial',
		engine: newestRelease,
		components: [
			{
				id: 'weather',
				source: { sample: 'weather' },
				policy: `version: "1.0"
description: "Looks a place up, and asks for its weather"
permissions:
  network:
    allow:
      - host: "geocoding.example.com"
      - host: "forecast.exmaple.com"
  environment:
    allow:
      - key: "WEATHER_API_KEY"
`,
			},
		],
		world: {
			network: 'routes',
			variables: { WEATHER_API_KEY: 'a-made-up-key', HOME: '/home/user' },
			routes: [
				{
					url: 'https://geocoding.example.com/v1/search?*',
					headers: json,
					body: '{"results": [{"name": "Paris", "country": "France", "latitude": 48.85, "longitude": 2.35}]}',
				},
				{
					url: 'https://forecast.example.com/v1/now?*',
					headers: json,
					body: '{"temperature": 12.5, "wind": 9, "sky": "cloudy"}',
				},
			],
		},
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		callWorks(situation, call, 'The tool tells the weather in Paris.'),
		grantsOnly(
			situation,
			'weather',
			{
				hosts: ['geocoding', 'forecast'].flatMap((name) => [
					`https://${name}.example.com`,
					`http://${name}.example.com`,
				]),
				variables: ['WEATHER_API_KEY'],
			},
			'The policy names the two services and the key, and nothing else.',
		),
	],
};
